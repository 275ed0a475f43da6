import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CHANGE_KINDS,
  type ChangeEvent,
  type DeclinedEvent,
  FLAGMAN,
  type LedgerEvent,
  type QuestionEvent,
} from '../../src/entra/ledger-event.ts';
import { namedIn } from '../../src/entra/named.ts';
import type { Query } from '../../src/entra/query.ts';
import { START, seal } from '../../src/ledger/entry.ts';
import { askedAboutOf, changeOf, draftOf, factsOf, historyOf } from '../../src/ledger/event.ts';
import { pseudonymOf } from '../../src/ledger/keys.ts';
import { KEY, keyOf, ORIGIN } from './chain.ts';
import { requested } from './walk.ts';

const event: QuestionEvent = {
  kind: 'question',
  at: 5,
  person: { id: 'an-object-id', name: 'Maya Okafor' },
  conversationId: '19:incidents@thread.tacv2',
  command: 'flagged',
  filter: "userPrincipalName eq 'user@contoso.com'",
  named: { users: ['user@contoso.com'], addresses: ['203.0.113.7'] },
  rows: 3,
  verdict: 'finished',
};

describe('an entry of a question', () => {
  const draft = draftOf(event, ORIGIN, KEY);

  test('holds who, how many and how it ended, and no name, filter, address or place', () => {
    expect(draft).toMatchObject({ origin: ORIGIN, kind: 'question', actor: 'an-object-id', at: 5 });
    expect(JSON.parse(draft.body)).toMatchObject({ command: 'flagged', rows: 3, verdict: 'finished' });
    expect(JSON.stringify(draft)).not.toMatch(/Maya|contoso|203\.0|incidents|PrincipalName/);
  });

  test('gives equal names equal pseudonyms, by the key and the kind', () => {
    expect(JSON.parse(draft.body).users).toEqual([pseudonymOf(KEY, 'user', 'user@contoso.com')]);
    expect(draftOf(event, ORIGIN, KEY)).toEqual(draft);
    expect(draftOf(event, ORIGIN, keyOf(2)).body).not.toBe(draft.body);
    expect(pseudonymOf(KEY, 'address', 'user@contoso.com')).not.toBe(
      pseudonymOf(KEY, 'user', 'user@contoso.com'),
    );
  });

  test('keeps what is personal beside it', () => {
    expect(factsOf(event).map(({ what }) => what)).toEqual(['name', 'filter', 'user', 'address']);
    expect(factsOf({ ...event, filter: '' }).map(({ what }) => what)).toEqual(['name', 'user', 'address']);
  });

  test('is read back', () => {
    const { command, rows, verdict, at } = event;
    expect(askedAboutOf(seal(draft, START, KEY), 'Maya')).toEqual({
      at,
      personId: 'an-object-id',
      name: 'Maya',
      kind: 'question',
      command,
      rows,
      verdict,
    });
    const refusal = draftOf({ ...event, kind: 'refusal' }, ORIGIN, KEY);
    expect(askedAboutOf(seal(refusal, START, KEY), '').kind).toBe('refusal');
  });
});

const rowOf = (one: LedgerEvent) => seal(draftOf(one, ORIGIN, KEY), START, KEY);

const declined: DeclinedEvent = {
  kind: 'declined',
  at: 7,
  person: { id: 'bo-id', name: 'Bo Lind' },
  conversationId: '19:incidents@thread.tacv2',
  step: 'approve',
  approval: 1001,
  why: 'role-needed',
};

const change: ChangeEvent = {
  kind: 'approved',
  at: 6,
  person: { id: 'approver-id', name: 'Maya Okafor' },
  approval: 1001,
  state: 'approved',
  version: 2,
  hash: 'a-hash',
  facts: { activity: 'f:1', role: 'a-role-id', performBy: 99 },
  users: [],
};

describe('an entry of a change', () => {
  const [request] = requested(1001, 5, 2).entries;

  test('holds number, state, version, hash and facts, and its users as pseudonyms', () => {
    expect(request && JSON.parse(draftOf(request, ORIGIN, KEY).body)).toEqual({
      approval: 1001,
      state: 'pending',
      version: 1,
      hash: request?.hash,
      facts: request?.facts,
      users: ['kim0@contoso.com', 'kim1@contoso.com'].map((user) => pseudonymOf(KEY, 'user', user)),
    });
  });

  test('keeps names, users and the reason beside it', () => {
    expect(request && factsOf(request)).toEqual([
      { what: 'name', value: 'Ana Silva' },
      { what: 'user', value: 'kim0@contoso.com' },
      { what: 'user', value: 'kim1@contoso.com' },
      { what: 'reason', value: 'The user denies the travel, INC-204.' },
    ]);
    expect(factsOf(change)).toEqual([{ what: 'name', value: 'Maya Okafor' }]);
  });

  test('is found by the user that the request is about', () => {
    expect(request && askedAboutOf(rowOf(request), 'Ana Silva')).toEqual({
      at: 5,
      personId: 'requester-id',
      name: 'Ana Silva',
      kind: 'requested',
      command: 'confirm-sign-in-compromised',
      rows: 2,
      verdict: 'pending',
      approval: 1001,
    });
  });

  test.each<[string, Partial<ChangeEvent>]>([
    ['an address', { facts: { target: 'kim@contoso.com' } }],
    ['an address in a list', { facts: { targets: ['a-sign-in', 'kim@contoso.com'] } }],
    ['a long text', { facts: { why: 'x'.repeat(201) } }],
    ['an address for a state', { state: 'kim@contoso.com' }],
  ])('is not made with %s among its facts', (_what, slip) => {
    expect(() => draftOf({ ...change, ...slip }, ORIGIN, KEY)).toThrow(/none for the ledger/);
    expect(draftOf({ ...change, facts: { why: 'x'.repeat(200) } }, ORIGIN, KEY).kind).toBe('approved');
  });
});

describe('an entry of somebody who was refused a step', () => {
  test('holds the step and why, and no place by name', () => {
    expect(JSON.parse(draftOf(declined, ORIGIN, KEY).body)).toEqual({
      approval: 1001,
      step: 'approve',
      why: 'role-needed',
      place: pseudonymOf(KEY, 'place', '19:incidents@thread.tacv2'),
    });
    expect(factsOf(declined)).toEqual([{ what: 'name', value: 'Bo Lind' }]);
    const { approval: _number, ...request } = declined;
    expect(JSON.parse(draftOf(request, ORIGIN, KEY).body)).not.toHaveProperty('approval');
  });

  test('is not made with what somebody typed', () => {
    expect(() => draftOf({ ...declined, why: 'ask kim@contoso.com' }, ORIGIN, KEY)).toThrow(RangeError);
  });
});

test('the history of an approval tells who did what, with the reasons that are still kept', () => {
  const rejected: ChangeEvent = { ...change, kind: 'rejected', state: 'rejected', facts: {}, reason: 'No.' };
  expect(
    historyOf([
      { row: rowOf(declined), name: 'Bo Lind', reason: undefined },
      { row: rowOf(rejected), name: 'Maya Okafor', reason: 'No.' },
      { row: rowOf({ ...change, kind: 'expired', person: FLAGMAN }), name: '', reason: '' },
    ]),
  ).toEqual([
    {
      seq: 1,
      at: 7,
      personId: 'bo-id',
      name: 'Bo Lind',
      kind: 'declined',
      state: '',
      facts: { step: 'approve', why: 'role-needed' },
    },
    {
      seq: 1,
      at: 6,
      personId: 'approver-id',
      name: 'Maya Okafor',
      kind: 'rejected',
      state: 'rejected',
      facts: {},
      reason: 'No.',
    },
    {
      seq: 1,
      at: 6,
      personId: 'flagman',
      name: '',
      kind: 'expired',
      state: 'approved',
      facts: { activity: 'f:1', role: 'a-role-id', performBy: 99 },
    },
  ]);
});

describe('for every event', () => {
  // Words that nothing else is made of, so that finding them means something.
  const word = fc.stringMatching(/^[a-z]{6,12}$/).map((text) => `¶${text}¶`);
  const user = word.map((name) => `${name}@contoso.com`);
  const who = fc.record({ id: fc.uuid(), name: word });
  const count = fc.nat();
  const facts = fc.dictionary(
    fc.constantFrom('target', 'role', 'fence', 'changes'),
    fc.oneof(count, fc.uuid(), fc.array(fc.uuid(), { maxLength: 3 })),
  );
  const questions = fc.record<QuestionEvent>({
    kind: fc.constantFrom('question', 'refusal'),
    at: count,
    person: who,
    conversationId: word,
    command: fc.constant('flagged'),
    filter: word,
    named: fc.record({ users: fc.array(user), addresses: fc.array(word) }),
    rows: count,
    verdict: fc.constantFrom('finished', 'capped'),
  });
  const changes = fc.record<ChangeEvent>(
    {
      kind: fc.constantFrom(...CHANGE_KINDS),
      at: count,
      person: who,
      approval: count,
      state: fc.constantFrom('pending', 'done'),
      version: count,
      hash: fc.base64String({ maxLength: 44 }),
      facts,
      users: fc.array(user),
      reason: word,
    },
    { requiredKeys: ['kind', 'at', 'person', 'approval', 'state', 'version', 'hash', 'facts', 'users'] },
  );
  const refusals = fc.record<DeclinedEvent>(
    {
      kind: fc.constant('declined'),
      at: count,
      person: who,
      conversationId: word,
      step: fc.constantFrom('request', 'approve'),
      approval: count,
      why: fc.constantFrom('role-needed', 'own-request'),
    },
    { requiredKeys: ['kind', 'at', 'person', 'conversationId', 'step', 'why'] },
  );
  const events = fc.oneof<fc.Arbitrary<LedgerEvent>[]>(questions, changes, refusals);

  test('nothing that stands beside the chain, and no place, stands in it', () => {
    fc.assert(
      fc.property(events, (one) => {
        const draft = JSON.stringify(draftOf(one, ORIGIN, KEY));
        const places = 'conversationId' in one ? [one.conversationId] : [];
        for (const text of [...factsOf(one).map(({ value }) => value), ...places])
          expect(draft).not.toContain(text);
      }),
    );
  });

  test('every name, user and reason stands beside it, so that it can be looked for and erased', () => {
    fc.assert(
      fc.property(changes, (one) => {
        const kept = factsOf(one).map(({ value }) => value);
        expect(kept).toEqual([one.person.name, ...one.users, ...(one.reason ? [one.reason] : [])]);
      }),
    );
  });

  test('what happened to an approval is read back as it was', () => {
    fc.assert(
      fc.property(changes, ({ kind, approval, state, version, hash, facts: said, ...rest }) => {
        const row = rowOf({ kind, approval, state, version, hash, facts: said, ...rest });
        expect(changeOf(row)).toEqual({ kind, approval, state, version, hash, facts: said });
      }),
    );
  });
});

test('every user and address that a question names is found, once and in lower case', () => {
  const query: Query = {
    entity: 'signIns',
    window: {},
    where: [
      { op: 'eq', property: 'userPrincipalName', value: 'Kim@contoso.com' },
      {
        op: 'or',
        of: [
          { op: 'eq', property: 'ipAddress', value: '203.0.113.7' },
          { op: 'and', of: [{ op: 'within', range: '203.0.113.0/24' }] },
        ],
      },
      { op: 'not', of: { op: 'startswith', property: 'userPrincipalName', value: 'bo' } },
      { op: 'any', property: 'riskEventTypes_v2', is: 'eq', values: ['leakedCredentials'] },
      { op: 'eq', property: 'flaggedForReview', value: true },
    ],
    otherwise: {
      entity: 'signIns',
      window: {},
      where: [{ op: 'eq', property: 'userPrincipalName', value: 'kim@contoso.com' }],
    },
  };
  expect(namedIn(query)).toEqual({
    users: ['kim@contoso.com', 'bo'],
    addresses: ['203.0.113.7', '203.0.113.0/24'],
  });
});
