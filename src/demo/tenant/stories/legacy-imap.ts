import { APPS, RESOURCES } from '../apps.ts';
import { DEVICES } from '../devices.ts';
import { TROUBLE } from '../places.ts';
import { applied } from '../policies.ts';
import { type Row, signIn } from '../row.ts';
import { DAY, HOUR, MINUTE, SECOND, type Stage, type Story } from './story.ts';

/** Old mail protocols know no second factor, so somebody tries them every night. */
export const legacyImap: Story = {
  name: 'legacy IMAP',
  what: 'Every night a few mailboxes are tried over IMAP; Conditional Access blocks what has the password.',
  tell: (stage) => Array.from({ length: 30 }, (_, night) => night).flatMap((night) => tries(stage, night)),
};

const MAILBOXES = ['bob.hart@contoso.com', 'bob.li@contoso.com', 'jose.nunez@contoso.com'] as const;

const tries = ({ now, random, user }: Stage, night: number): readonly Row[] =>
  MAILBOXES.map((name, index) =>
    signIn(
      {
        at: now - (now % DAY) - night * DAY + 2 * HOUR + (index * 9 + random.int(0, 8)) * MINUTE + SECOND,
        who: user(name),
        app: APPS.exchange,
        resource: RESOURCES.exchange,
        from: night % 2 === 0 ? TROUBLE.legacyA : TROUBLE.legacyB,
        device: DEVICES.imap,
        code: index === 0 ? 53003 : 50126,
        policies: index === 0 ? [applied('legacy', 'failure')] : [applied('legacy', 'notApplied')],
      },
      random,
    ),
  );
