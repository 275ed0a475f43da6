import { describe, expect, test } from '@jest/globals';
import { approve, pass, reject, request, voidAsEdited } from '../../src/actions/approval/decide.ts';
import { answered, claim, intend, release, resolve } from '../../src/actions/approval/perform.ts';
import type { Approval, Moved } from '../../src/actions/approval.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import { helpCard } from '../../src/cards/help.ts';
import type { HelpView, View } from '../../src/cards/view.ts';
import type { Powers, Standing } from '../../src/commands/command.ts';
import type { HistoryEntry } from '../../src/entra/ledger-event.ts';
import { ROLES } from '../../src/entra/roles.ts';
import { context, understood } from './reading.ts';

const NOW = context.now;
const MAYA = { id: 'maya-id', name: 'Maya Chen' };
const SAM = { id: 'sam-id', name: 'Sam Okafor' };
const ID = '66ea54eb-6301-4ee5-be62-ff5a759b0100';
const ACTION = ACTIONS['confirm-sign-in-compromised'];

const asked = (): Moved =>
  request({
    number: 1042,
    action: ACTION,
    signIns: [
      {
        id: ID,
        userId: 'user-id',
        createdDateTime: '2026-11-21T11:00:00Z',
        userPrincipalName: 'user@contoso.com',
      },
    ],
    reason: 'user denies travel',
    requester: MAYA,
    conversationId: 'a',
    now: NOW,
    lifeMs: 30 * 60_000,
    reminderMs: 5 * 60_000,
  });

/** What the ledger would tell of these steps. */
const historyOf = (...steps: readonly Moved[]): readonly HistoryEntry[] =>
  steps
    .flatMap(({ entries }) => entries)
    .map(({ at, person, kind, state, facts, reason }, seq) => {
      const who = { personId: person.id, name: person.name };
      return { seq, at, ...who, kind, state, facts, ...(reason !== undefined && { reason }) };
    });

const ballotOf = ({ version }: Approval, by = SAM) => ({
  by,
  at: NOW + 60_000,
  version,
  activityId: 'activity',
  role: ROLES['Security Administrator'],
});

const permittedOf = <Value>(result: { readonly ok: boolean; readonly value?: Value }): Value => {
  if (result.value === undefined) throw new Error('It was refused.');
  return result.value;
};

const TERMS = { performMs: 600_000, mayBeOwn: false };
const TURN = { owner: 'here', now: NOW + 70_000, leaseMs: 60_000 };

const approved = (): readonly Moved[] => {
  const first = asked();
  return [first, permittedOf(approve(first.approval, ballotOf(first.approval), TERMS))];
};

const claimed = (): readonly Moved[] => {
  const steps = approved();
  const last = steps.at(-1)?.approval;
  const taken = last && claim(last, TURN);
  if (!taken) throw new Error('It was not due.');
  return [...steps, taken];
};

const done = (): readonly Moved[] => {
  const steps = claimed();
  const [taken] = steps.slice(-1);
  if (!taken) throw new Error('Nothing was claimed.');
  const step = { index: 0, turn: TURN };
  const intended = intend(taken.approval, ACTION, step, 'client-request');
  const ended = answered(intended.approval, step, { outcome: 'done' });
  return [...steps, intended, ended, release(ended.approval, TURN)];
};

const powersOf = (powers: Partial<Powers>): Powers =>
  ({ zone: 'UTC', now: NOW, historyOf: async () => [], ...powers }) as Partial<Powers> as Powers;

const show = (phrase: string, powers: Partial<Powers>): Promise<View> =>
  understood(phrase).run(powersOf(powers));

const help = async (phrase: string, entries: readonly HistoryEntry[], powers: Partial<Powers> = {}) => {
  const view = await show(phrase, { historyOf: async () => entries, ...powers });
  if (view.card !== 'help') throw new Error(`${phrase} showed ${view.card}`);
  return view;
};

const rowsIn = ({ sections }: HelpView): readonly string[] =>
  sections.flatMap(({ rows }) => rows.map(({ say, means }) => `${say} · ${means}`));

describe('pending approvals', () => {
  test('are every open request, as they stand now', async () => {
    const { approval } = asked();
    const view = await show('pending approvals', { openApprovals: async () => [approval] });
    expect(view).toEqual({ card: 'approval-list', approvals: [approval], zone: 'UTC', now: NOW });
  });
});

describe('a request by its number', () => {
  test('is shown as its card', async () => {
    const { approval } = asked();
    const card: View = { card: 'working', asked: 'the card' };
    const numbers: number[] = [];
    const view = await show('status of CR-01042', {
      approval: async (number) => {
        numbers.push(number);
        return approval;
      },
      approvalView: (shown) => (shown === approval ? card : { card: 'working', asked: 'another' }),
    });
    expect(view).toBe(card);
    expect(numbers).toEqual([1042]);
  });

  test.each(['CR-7', 'who approved CR-7', 'history CR-7'])(
    'is missed by "%s" if there is none',
    async (phrase) => {
      expect(await show(phrase, { approval: async () => undefined })).toMatchObject({
        card: 'help',
        title: 'There is no CR-7',
      });
    },
  );
});

describe('who decided', () => {
  test('names who asked, who approved, when and by which role', async () => {
    const view = await help('who approved CR-1042', historyOf(...done()));
    expect(view.title).toBe('Who decided about CR-1042');
    expect(view.paragraphs).toEqual(['It is done. Every sign-in stands as was asked for.']);
    expect(rowsIn(view)).toEqual([
      '2026-11-21 12:01:00 UTC · “Sam Okafor” approved it as Security Administrator.',
      '2026-11-21 12:00:00 UTC · “Maya Chen” asked to confirm compromised, 1 sign-in: “user denies travel”',
    ]);
  });

  test('says until when nobody has decided', async () => {
    const { paragraphs } = await help('who approved CR-1042', historyOf(asked()));
    expect(paragraphs).toEqual(['Nobody has decided yet. It can be decided until 2026-11-21 12:30:00 UTC.']);
    const late = await help('who approved CR-1042', historyOf(asked()), { now: NOW + 40 * 60_000 });
    expect(late.paragraphs).toEqual(['Nobody decided; it could be decided until 2026-11-21 12:30:00 UTC.']);
  });

  test('says that nobody did, where time or an edited store ended it', async () => {
    const first = asked();
    const expired = pass(first.approval, NOW + 30 * 60_000);
    if (!expired) throw new Error('It did not expire.');
    const { paragraphs } = await help('who approved CR-1042', historyOf(first, expired));
    expect(paragraphs).toEqual(['Nobody decided. It is expired. Nobody decided in time.']);
    const edited = await help('who decided CR-1042', historyOf(first, voidAsEdited(first.approval, NOW)));
    expect(rowsIn(edited)[0]).toContain('the store held something else than the ledger says');
  });

  test('tells a rejection with its reason', async () => {
    const first = asked();
    const steps = [first, permittedOf(reject(first.approval, ballotOf(first.approval), 'was travelling'))];
    expect(rowsIn(await help('who rejected CR-1042 and why', historyOf(...steps)))[0]).toContain(
      '“Sam Okafor” rejected it as Security Administrator: “was travelling”',
    );
  });

  test('leaves out what no person did', async () => {
    const rows = rowsIn(await help('who approved CR-1042', historyOf(...done())));
    expect(rows.join()).not.toContain('sent the change');
  });

  test('copes with a ledger that begins late', async () => {
    const { paragraphs } = await help('who approved CR-1042', [
      { seq: 1, at: NOW, personId: 'x', name: '', kind: 'declined', state: '', facts: {} },
    ]);
    expect(paragraphs).toEqual(['Nobody decided. It is not told.']);
  });
});

/** An entry of its own, for what the steps above do not come by. */
const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({
  seq: 1,
  at: NOW,
  personId: 'person-id',
  name: 'Somebody',
  kind: 'outcome',
  state: 'running',
  facts: {},
  ...change,
});

const wordsOf = async (change: Partial<HistoryEntry>): Promise<string | undefined> =>
  (await help('history CR-1042', [entry(change)])).sections[0]?.rows[0]?.means;

describe('the history of a request', () => {
  test('tells every step, the newest first', async () => {
    expect(rowsIn(await help('history CR-1042', historyOf(...done())))).toEqual([
      '2026-11-21 12:01:10 UTC · It ended: done. Every sign-in stands as was asked for.',
      `2026-11-21 12:01:10 UTC · Graph accepted the change of sign-in ${ID}.`,
      `2026-11-21 12:01:10 UTC · Flagman sent the change of sign-in ${ID} (attempt 1).`,
      '2026-11-21 12:01:10 UTC · Flagman began to carry it out.',
      '2026-11-21 12:01:00 UTC · “Sam Okafor” approved it as Security Administrator.',
      '2026-11-21 12:00:00 UTC · “Maya Chen” asked to confirm compromised, 1 sign-in: “user denies travel”',
    ]);
  });

  test.each<[Partial<HistoryEntry>, string]>([
    [{ kind: 'requested', personId: 'maya-id', name: '', facts: {} }, 'maya-id asked to , 0 sign-ins.'],
    [
      { kind: 'requested', name: 'Maya', facts: { action: 'gone', targets: ['a', 'b'] } },
      '“Maya” asked to gone, 2 sign-ins.',
    ],
    [{ kind: 'facts', facts: { reminded: 1 } }, 'Flagman reminded of it, as its time was nearly up.'],
    [{ kind: 'facts', facts: { changes: ['same', 'risen'] } }, 'Flagman saw that the risk has risen since.'],
    [
      { kind: 'facts', facts: { changes: ['risen', 'lower'] } },
      'Flagman saw that the risk is lower now: it has to be decided anew.',
    ],
    [{ kind: 'approved', personId: 'flagman', name: '' }, 'Flagman approved it.'],
    [{ kind: 'withdrawn', name: 'Flagman' }, '“Flagman” withdrew it.'],
    [{ kind: 'withdrawn', name: 'Sam” approved it. “Eve' }, '“Sam" approved it. "Eve” withdrew it.'],
    [
      { kind: 'approved', name: 'Sam', facts: { role: 'a-custom-role' } },
      '“Sam” approved it as holder of the role a-custom-role.',
    ],
    [{ kind: 'withdrawn', name: 'Maya' }, '“Maya” withdrew it.'],
    [{ kind: 'expired' }, 'It expired: nobody had decided in time.'],
    [
      { kind: 'voided', facts: { why: 'decided-elsewhere' } },
      'Flagman closed it: a person decided about a sign-in elsewhere.',
    ],
    [{ kind: 'released' }, 'Flagman put it aside, and goes on with it later.'],
    [{ kind: 'ended', state: 'a-new-state' }, 'It ended: a-new-state.'],
    [
      {
        kind: 'proof',
        facts: { target: 'T', state: 'confirmedCompromised', detail: 'adminConfirmedSigninCompromised' },
      },
      'Entra ID shows sign-in T as confirmedCompromised (adminConfirmedSigninCompromised).',
    ],
    [{ kind: 'resolved', name: 'Sam', facts: { as: 'done' } }, '“Sam” said that it was done.'],
    [{ kind: 'resolved', name: 'Sam', facts: { as: 'failed' } }, '“Sam” said that it was not done.'],
    [
      { kind: 'declined', name: 'Lee', state: '', facts: { step: 'approve', why: 'own-request' } },
      '“Lee” wanted to approve it and was refused: it was their own request.',
    ],
    [
      { kind: 'declined', name: 'Lee', state: '', facts: { step: 'juggle', why: 'new-reason' } },
      '“Lee” wanted to do "juggle" and was refused: new-reason',
    ],
    [
      { facts: { target: 'T', at: 'done', how: 'already' } },
      'sign-in T stood as wished before anything was sent.',
    ],
    [
      { facts: { target: 'T', at: 'done', how: 'read-back' } },
      'sign-in T was read back: it stands as wished.',
    ],
    [
      { facts: { target: 'T', at: 'failed', why: 'too-late' } },
      'The change of sign-in T was not sent: its time to be carried out was over.',
    ],
    [
      { facts: { target: 'T', at: 'failed', problem: 'not-risky' } },
      'Graph refused the change of sign-in T. Microsoft Graph refused to judge this sign-in.',
    ],
    [
      { facts: { target: 'T', at: 'failed', problem: 'brand-new' } },
      'Graph refused the change of sign-in T.',
    ],
    [
      { facts: { target: 'T', at: 'conflict' } },
      'A person had decided otherwise about sign-in T elsewhere, and that stands.',
    ],
    [
      { facts: { target: 'T', at: 'stopped', why: 'lower' } },
      'The change of sign-in T was not sent: the risk had sunk since it was shown.',
    ],
    [{ facts: { target: 'T', at: 'unknown' } }, 'Nobody can tell whether the change of sign-in T was done.'],
    [
      { facts: { target: 'T', at: 'waiting', outcome: 'not-done' } },
      'The change of sign-in T was certainly not done, and is sent again later.',
    ],
    [
      { facts: { target: 'T', at: 'sent', outcome: 'ambiguous' } },
      'Graph left open whether the change of sign-in T was done: it is read back.',
    ],
    [{ facts: { why: 'role' } }, 'What was not sent yet was given up: a role was missing.'],
    [{ facts: { why: 'brand-new' } }, 'What was not sent yet was given up: brand-new.'],
    [{ facts: {} }, 'What was not sent yet was given up: it could not be done.'],
  ])('says of %j: %s', async (change, words) => {
    expect(await wordsOf(change)).toBe(words);
  });

  test('of a resolved one says by which role', async () => {
    const [open] = asked().approval.targets;
    const stuck: Approval = {
      ...asked().approval,
      state: 'unknown',
      targets: [{ ...open, progress: { at: 'unknown', since: NOW } }],
    };
    const moved = resolve(stuck, ballotOf(stuck), 'done');
    if (!moved) throw new Error('It was not resolved.');
    expect(rowsIn(await help('history CR-1042', historyOf(moved)))[0]).toContain(
      '“Sam Okafor” said as Security Administrator that it was done.',
    );
  });

  test('keeps the newest 40, says so, and shows all 40 on its card', async () => {
    const long = Array.from({ length: 57 }, (_, seq) =>
      entry({ seq, kind: 'intent', facts: { target: ID, attempt: seq } }),
    );
    const view = await help('history CR-1042', long, { zone: 'America/Argentina/Buenos_Aires' });
    expect(rowsIn(view)).toHaveLength(40);
    expect(rowsIn(view)[0]).toContain('(attempt 56)');
    expect(view.paragraphs.join()).toContain('the newest 40 of 57 lines');
    expect(JSON.stringify(helpCard(view))).toContain('(attempt 17)');
  });

  test('names the zone once, and not at all in UTC', async () => {
    for (const phrase of ['history CR-1042', 'who approved CR-1042']) {
      const { sections } = await help(phrase, historyOf(...done()), { zone: 'Europe/Oslo' });
      expect(sections[0]?.heading).toMatch(/ \(in brackets: Europe\/Oslo\)$/);
      expect(sections[0]?.rows.at(-1)?.say).toBe('2026-11-21 12:00:00 UTC (13:00:00)');
      expect(JSON.stringify(sections).match(/Oslo/g)).toHaveLength(1);
      const utc = await help(phrase, historyOf(...done()));
      expect(utc.sections[0]?.heading).not.toContain('brackets');
    }
  });
});

/** Entries a second apart, in the order of the ledger. */
const told = async (...changes: readonly Partial<HistoryEntry>[]): Promise<readonly string[]> => {
  const entries = changes.map((change, seq) => entry({ seq, at: NOW + seq * 1000, ...change }));
  return (await help('history CR-1042', entries)).sections
    .flatMap(({ rows }) => rows.map(({ say, means }) => `${say.slice(17, 19)} ${means}`))
    .toReversed();
};

const claims: Partial<HistoryEntry> = { kind: 'claimed' };
const sends: Partial<HistoryEntry> = { kind: 'intent', facts: { target: 'T', attempt: 1 } };
const setsAside = (state: 'running' | 'approved'): Partial<HistoryEntry> => ({ kind: 'released', state });
const again = [setsAside('running'), claims] as const;

describe('a long wait in the history of a request', () => {
  test('is one line with a count, at the time of its newest entry', async () => {
    const readBack = { facts: { target: 'T', at: 'done', how: 'read-back' } };
    expect(await told(claims, sends, ...again, ...again, ...again, readBack)).toEqual([
      '00 Flagman began to carry it out.',
      '01 Flagman sent the change of sign-in T (attempt 1).',
      '07 Flagman took it up 3 more times to read it back.',
      '08 sign-in T was read back: it stands as wished.',
    ]);
  });

  test('of one time is told as one, and by whoever took over at once', async () => {
    expect(await told(claims, sends, ...again)).toContain('03 Flagman took it up once more to read it back.');
    expect(await told(claims, claims)).toEqual([
      '00 Flagman began to carry it out.',
      '01 Flagman took it up once more to go on.',
    ]);
  });

  test('before anything was sent is not for reading back', async () => {
    const unread = [setsAside('approved'), claims] as const;
    expect(await told(claims, ...unread, ...unread, setsAside('approved'))).toEqual([
      '00 Flagman began to carry it out.',
      '05 Flagman took it up 2 more times to go on.',
    ]);
    expect(await told(claims, setsAside('approved'))).toContain(
      '01 Flagman put it aside, and goes on with it later.',
    );
  });

  test('ends where something happened: each wait has its own line', async () => {
    const words = await told(claims, sends, ...again, { facts: {} }, ...again, ...again);
    expect(words.filter((word) => word.includes('took it up'))).toEqual([
      '03 Flagman took it up once more to read it back.',
      '08 Flagman took it up 2 more times to read it back.',
    ]);
  });

  test('of which nothing was there is told with how long after it was sent', async () => {
    const missing = { facts: { target: 'T', at: 'waiting', how: 'read-back' } };
    const later = (seconds: number, rest: Partial<HistoryEntry>) => ({ ...rest, at: NOW + seconds * 1000 });
    const other = later(20, { kind: 'intent', facts: { target: 'other', attempt: 1 } });
    expect(await told(claims, sends, other, later(26, missing), later(30, sends))).toContain(
      '26 The change of sign-in T was not there when it was read back 25 s after it was sent, and is sent again.',
    );
    expect(await told(missing)).toEqual([
      '00 The change of sign-in T was not there when it was read back, and is sent again.',
    ]);
  });
});

describe('the history of a user', () => {
  test('also tells the requests for changes', async () => {
    const about = { at: NOW, personId: MAYA.id, name: MAYA.name, rows: 1, verdict: 'pending' };
    const view = await show('history of user@contoso.com', {
      askedAbout: async () => [
        { ...about, kind: 'requested', command: ACTION.name, approval: 1001 },
        { ...about, kind: 'requested', command: 'a-former-action', approval: 1 },
      ],
    });
    expect(view.card === 'help' && rowsIn(view)).toEqual([
      '2026-11-21 12:00:00 UTC · Maya Chen: CR-1001: asked to confirm compromised',
      '2026-11-21 12:00:00 UTC · Maya Chen: CR-1: asked to a-former-action',
    ]);
  });
});

describe('what can I do', () => {
  const said = async (standing: Partial<Standing>): Promise<string> => {
    const view = await show('what can I do', {
      standing: async () => ({ roles: ['Security Reader'], mayRead: true, ...standing }),
    });
    return view.card === 'help' ? view.paragraphs.join('\n') : '';
  };

  test('tells whether one may ask for changes', async () => {
    expect(await said({ mayRequest: true })).toContain('You may ask for changes of sign-ins');
    expect(await said({ mayRequest: false })).toContain('You may not ask for changes.');
  });

  test('tells about which requests one may decide', async () => {
    expect(await said({ mayApprove: ['confirm-sign-in-safe', 'dismiss-sign-in-risk'] })).toContain(
      'requests of others to confirm safe or dismiss risk',
    );
    expect(await said({ mayApprove: [] })).toContain('You may not decide about requests');
  });

  test('without a role that can be read still says what is open to everybody', async () => {
    expect(await said({ roles: undefined, mayRead: false })).toMatch(
      /cannot be read now.*Until they can.*Help/s,
    );
    expect(await said({ roles: [], mayRead: false })).toMatch(/hold no directory role.*activate it first/s);
  });

  test('says nothing of it where it cannot be told', async () => {
    expect(await said({})).not.toMatch(/changes|requests/);
  });
});

describe('help', () => {
  test.each(['help approvals', 'help four eyes', 'help with approvals'])(
    '"%s" explains four eyes and every state',
    async (phrase) => {
      const view = await help(phrase, []);
      expect(view.paragraphs.join()).toContain('four eyes');
      expect(rowsIn(view)).toHaveLength(12);
    },
  );

  test.each(['confirm compromised', 'approve', 'reject', 'withdraw', 'resolve', 'dismiss risk'])(
    'about "%s" has no button that would change something',
    async (name) => {
      const view = await help(`help ${name}`, []);
      expect(view.title).toBe(name);
      for (const { say } of view.suggestions) understood(say);
    },
  );
});
