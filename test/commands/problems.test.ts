import { describe, expect, test } from '@jest/globals';
import { nearest } from '../../src/commands/language/did-you-mean.ts';
import { isProblem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { context, filterOf, refused, understood } from './reading.ts';

describe('words that need something behind them', () => {
  test.each([
    'sign-ins for',
    'sign-ins from',
    'sign-ins to',
    'sign-ins to app',
    'sign-ins to app today',
    'sign-ins to app ""',
    'sign-ins for users named',
    'sign-ins for user id',
    'sign-ins from ip',
    'sign-ins from ip today',
    'sign-ins from asn',
    'sign-ins from city',
    'sign-ins from state today',
    'sign-ins outside',
    'sign-ins with country',
    'resource',
    'client app',
    'operating system',
    'user agent',
    'conditional access',
    'risk level',
    'risk level today',
    'risk state',
    'risk detail',
    'risk event type',
    'correlation id',
    'original request id',
    'flagged not',
    'flagged top',
    'set my timezone',
  ])('"%s" is told what is missing', (phrase) => {
    const { problem, suggestions } = refused(phrase);
    expect(problem).toBe('missing-argument');
    for (const { say } of suggestions) understood(say);
  });
});

describe('values that are none', () => {
  test.each([
    ['bad-value', 'risk level severe'],
    ['bad-value', 'risk state purple'],
    ['bad-value', 'risk detail purple'],
    ['bad-value', 'risk event type unlikelytravl'],
    ['bad-value', 'conditional access purple'],
    ['bad-id', 'sign-in 66ea54eb-6301-4ee5'],
    ['bad-id', 'sign-in id abc'],
    ['bad-id', 'correlation id abc'],
    ['bad-id', 'Trace ID: 66ea54eb-6301 Correlation ID: d79f5bee-5860-4832-928f-3133e22ae912'],
    ['bad-id', 'service principal 66ea54eb-6301-4ee5'],
    ['bad-id', 'sign-ins for user id 66ea54eb-6301'],
    ['bad-id', 'resource id 66ea54eb-6301'],
    ['bad-number', 'error 12'],
    ['bad-number', 'errors -5'],
    ['bad-number', 'details #0'],
    ['bad-address', 'ip purple'],
    ['bad-address', 'ip 2001:zz::1'],
    ['bad-address', 'sign-ins from 2001:db8:x:*'],
    ['bad-country', 'country purple'],
    ['bad-country', 'sign-ins outside purple'],
    ['bad-address', 'sign-ins outside 10.0.0.0/40'],
    ['unknown-word', 'sign-ins for a@contoso.com except yesterday'],
    ['unknown-word', 'sign-ins outside app Teams'],
    ['bad-country', 'sign-ins from "purple rain"'],
    ['not-a-upn', 'sign-ins for user@contoso'],
    ['not-a-upn', 'sign-ins for guest user@@contoso.com'],
    ['not-a-upn', 'sign-ins for a@contoso.com, b@contoso'],
    ['not-a-upn', 'sign-ins for #EXT#@contoso.com'],
    ['bad-zone', 'set my timezone purple'],
  ])('%s: %s', (code, phrase) => {
    const problem = refused(phrase);
    expect(problem.problem).toBe(code);
    expect(problem.next).not.toBe('');
  });

  test('the caret stands under the word in what was typed', () => {
    const { at, asked } = refused('  flagged for user@contoso.com  from Narnia today ');
    expect(asked?.slice(at?.start, (at?.start ?? 0) + (at?.length ?? 0))).toBe('Narnia');
  });

  test('somebody who is only named can be looked up', () => {
    expect(refused('sign-ins for bob')).toMatchObject({ problem: 'not-a-upn', lookUp: 'bob' });
    expect(refused('failed sign-ins for Alex Wilber since Monday').lookUp).toBe('Alex Wilber');
  });
});

describe('contradictions', () => {
  test.each([
    'successful sign-ins 50126 today',
    'sign-ins for user@contoso.com until Monday since Wednesday',
    'flagged today yesterday',
    'top 5 flagged first 10',
    'flagged or today',
    'today or flagged',
  ])('%s', (phrase) => {
    expect(refused(phrase).problem).toBe('contradiction');
  });

  test('two numbers that are the same are one', () => {
    expect(understood('top 5 flagged top 5').query?.limit).toBe(5);
  });

  test('times that overlap are cut to what they share', () => {
    const { window } =
      understood('flagged since 2026-11-18 last 24h until 2026-11-21 before 2026-11-21').query ?? {};
    expect(window?.from?.at).toBe('2026-11-20T12:00:00Z');
    expect(window?.to).toEqual({ at: '2026-11-21T00:00:00Z', inclusive: false });
  });
});

describe('too broad a question', () => {
  test.each([
    'sign-ins last 7 days',
    'sign-ins last 25h',
    'failed sign-ins last 7 days',
    'successful sign-ins since yesterday',
    'not flagged last 7 days',
    'guest sign-ins last 7 days',
    'service principal sign-ins last 7 days',
    'sign-ins not from US last 7 days',
    'sign-ins from 0.0.0.0/4 last 7 days',
    'sign-ins before 2026-11-20',
  ])('is refused: %s', (phrase) => {
    const { problem, suggestions } = refused(phrase);
    expect(problem).toBe('too-broad');
    expect(suggestions).toHaveLength(3);
  });

  test('offers the same question with less to read', () => {
    for (const { say } of refused('failed sign-ins last 7 days').suggestions) understood(say);
  });

  test.each([
    'sign-ins last 24h',
    'sign-ins yesterday',
    'sign-ins',
    'flagged last 7 days',
    'sign-ins for user@contoso.com last 7 days',
    'sign-ins from 203.0.113.0/24 last 7 days',
    'sign-ins from city Lagos this week',
    'flagged or at risk last 7 days',
    'Linux sign-ins last 3 days',
  ])('is not: %s', (phrase) => {
    understood(phrase);
  });

  test('a day of 25 hours is a day', () => {
    const autumn = { ...context, now: Date.parse('2026-10-26T12:00:00Z'), zone: 'Europe/Oslo' };
    expect(isProblem(readPhrase('sign-ins yesterday', autumn))).toBe(false);
  });
});

describe('misspelt words', () => {
  test.each([
    ['flaged for user@contoso.com', 'flagged for user@contoso.com'],
    ['flagegd for user@contoso.com', 'flagged for user@contoso.com'],
    ['flagged for user@contoso.com sicne yesterday', 'flagged for user@contoso.com since yesterday'],
    ['faild sign-ins for user@contoso.com', 'failed sign-ins for user@contoso.com'],
    ['sign-ins from Norwai today', 'sign-ins from Norway today'],
    ['risk event type unlikelytravl', 'risk event type unlikelytravel'],
    ['help flaged', 'help flagged'],
  ])('"%s" is answered with "%s"', (typed, meant) => {
    expect(refused(typed).suggestions[0]?.say).toBe(meant);
    understood(meant);
  });

  test('a name may be that of an app', () => {
    const [first] = refused('Teams sign-ins today').suggestions;
    expect(filterOf(first?.say ?? '')).toContain("appDisplayName eq 'Teams'");
    expect(refused('flagged "Azure Portal"').suggestions[0]?.say).toBe('flagged app "Azure Portal"');
  });

  test('at most two edits count, one in a short word', () => {
    expect(nearest('flgd', ['flagged', 'fig'])).toEqual([]);
    expect(nearest('tpo', ['top', 'too', 'tap'])).toEqual(['top', 'too']);
    expect(nearest('ab', ['abc'])).toEqual([]);
    expect(nearest('x'.repeat(50), ['x'.repeat(50)])).toEqual([]);
  });
});

describe('what is not there', () => {
  test.each([
    'users at risk',
    'risky users',
    'detections today',
    'block user@contoso.com',
    "confirm user compromised o'brien@contoso.com",
    'why is user@contoso.com risky',
    'please watch high risk sign-ins',
    'mute user@contoso.com 24h reason: known traveller',
  ])('"%s" is not there yet', (phrase) => {
    expect(refused(phrase).problem).toBe('not-yet');
  });

  test('sign-ins of users at risk are', () => {
    expect(filterOf('sign-ins for users at risk')).toBe("riskState eq 'atRisk'");
  });

  test.each(['delete sign-ins for user@contoso.com', 'please purge flagged', 'delete'])(
    '"%s" will never be',
    (phrase) => {
      const { problem, suggestions } = refused(phrase);
      expect(problem).toBe('impossible');
      for (const { say } of suggestions) understood(say);
    },
  );

  test.each(['show me', 'thanks', 'please'])('"%s" asks for nothing', (phrase) => {
    expect(refused(phrase).problem).toBe('unknown-command');
  });
});

describe('what repeats a typed word points at what was typed, so that it is shown to whoever typed it alone', () => {
  test.each([
    'explain wolkenstein',
    'what does wolkenstein mean',
    'sign-ins not app wolkenstein last 7 days',
    'sign-ins last 7 days not from city wolkenstein',
    'risky users named wolkenstein',
    'user risk for wolkenstein',
    'wolkenstein today',
    'set my timezone wolkenstein',
    'help wolkenstein',
    'this is incident wolkenstein',
  ])('%s', (phrase) => {
    const { at, what, why, next, suggestions } = refused(phrase);
    expect(JSON.stringify([what, why, next, suggestions])).toContain('wolkenstein');
    expect(at).toBeDefined();
    expect(phrase.slice(at?.start).length).toBeGreaterThan(0);
  });
});
