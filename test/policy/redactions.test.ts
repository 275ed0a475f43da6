import { expect, test } from '@jest/globals';
import { SHARE_VARIABLES } from '../../src/config/share-variables.ts';
import { asSeenIn, redactedIn } from '../../src/policy/redactions.ts';

const { schema, usual } = SHARE_VARIABLES.SHARE_REDACTION;

const CHANNEL = '19:incidents@thread.tacv2';

const inChannel = (rules: string, thread = '1') =>
  redactedIn(schema.parse(rules), { kind: 'channel', conversationId: `${CHANNEL};messageid=${thread}` });

test('nothing is left out unless somebody says so', () => {
  const { kinds, conversations } = schema.parse(usual);
  expect(Object.values(kinds).flat()).toEqual([]);
  expect(conversations.size).toBe(0);
});

test('a kind of place has its rule', () => {
  const rules = 'channel=address, device; group=user';
  expect(inChannel(rules)).toEqual(['address', 'device']);
  expect(redactedIn(schema.parse(rules), { kind: 'group', conversationId: '19:g@thread.v2' })).toEqual([
    'user',
  ]);
  expect(redactedIn(schema.parse(rules), { kind: 'personal', conversationId: 'a:1' })).toEqual([]);
});

test('the rule of a channel holds in each of its threads, before that of its kind', () => {
  const rules = `channel=user;${CHANNEL}=address`;
  expect([inChannel(rules, '1'), inChannel(rules, '2')]).toEqual([['address'], ['address']]);
  expect(inChannel('channel=user;19:other@thread.tacv2=nothing')).toEqual(['user']);
  expect(inChannel(`channel=user;${CHANNEL}=nothing`)).toEqual([]);
});

test.each([
  'channel',
  'channel=',
  'channel=everything',
  'thread=user',
  '=user',
  'channel=user,',
  'channel=nothing,user',
])('"%s" is no rule', (rules) => {
  expect(schema.safeParse(rules).success).toBe(false);
});

test('a share shows nothing that either its own place or this one leaves out', () => {
  const share = {
    number: 1,
    at: 0,
    by: { id: 'maya', name: 'Maya' },
    redacted: ['device'],
    hash: '',
  } as const;
  const { redacted } = asSeenIn(share, schema.parse('channel=user,device'), {
    kind: 'channel',
    conversationId: CHANNEL,
  });
  expect(redacted).toEqual(['device', 'user']);
});

test.each([
  'channel=user;channel=nothing',
  'channel=user; channel =user',
  `${CHANNEL}=user;group=address;${CHANNEL}=address`,
])('"%s" has two rules for one place, of which nobody knows which one holds', (rules) => {
  const { error } = schema.safeParse(rules);
  expect(error?.issues.map(({ message }) => message)).toEqual(['must name each place once']);
});
