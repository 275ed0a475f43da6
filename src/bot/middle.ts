import type { Admission } from './admission.ts';
import type { Aside } from './aside.ts';
import type { Background } from './background.ts';
import type { Once } from './once.ts';
import type { Ports, PressAnswer, Settings } from './ports.ts';
import type { Tending } from './tending.ts';

/** What every door shares. */
export interface Middle {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly background: Background;
  readonly presses: Once<PressAnswer>;
  readonly tending: Tending;
  readonly aside: Aside;
  admit(personId: string, now: number): Admission;
}
