import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Life } from './journal.ts';

/** A process was killed: whatever it was waiting for never comes. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

interface Gate {
  readonly life: Life;
  readonly open: () => void;
}

/** Holds whatever several processes do at each of their calls to the outside, so that chance says who goes on. */
export class Gates {
  #waiting: Gate[] = [];
  #underWay = 0;

  /** Those that can be opened: a process that stands still passes none. */
  get #free(): readonly Gate[] {
    return this.#waiting.filter(({ life }) => life.isAlive === false || life.gatesLeft > 0);
  }

  /** Resolves when chance opens the gate; throws when the process was killed before. */
  async pass(life: Life): Promise<void> {
    if (life.isAlive)
      await new Promise<void>((open) => {
        this.#waiting.push({ life, open });
      });
    if (!life.isAlive) throw new Killed();
  }

  /** Does what takes a moment and waits for nothing that chance holds. */
  async during<Value>(life: Life, work: () => Promise<Value>): Promise<Value> {
    if (!life.isAlive) throw new Killed();
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Opens one gate, and waits until everybody stands before one again. False when there is none. */
  async open(pick: number): Promise<boolean> {
    const free = this.#free;
    const gate = free[pick % free.length];
    if (gate === undefined) return false;
    this.#waiting = this.#waiting.filter((one) => one !== gate);
    gate.life.gatesLeft -= 1;
    gate.open();
    await this.settled();
    return true;
  }

  /** Waits until everybody stands before a gate or is done. */
  async settled(): Promise<void> {
    do await nextTurn();
    while (this.#underWay > 0);
  }

  /** Opens gates until nobody is left who can go on. */
  async openAll(): Promise<void> {
    await this.settled();
    while (await this.open(0));
  }
}
