import { describe, expect, test } from '@jest/globals';
import type { LedgerEvent } from '../../src/entra/ledger-event.ts';
import { namedIn } from '../../src/entra/named.ts';
import type { Query } from '../../src/entra/query.ts';
import { START, seal } from '../../src/ledger/entry.ts';
import { askedAboutOf, draftOf, factsOf } from '../../src/ledger/event.ts';
import { pseudonymOf } from '../../src/ledger/keys.ts';
import { KEY, keyOf, ORIGIN } from './chain.ts';

const event: LedgerEvent = {
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
