import { describe, expect, test } from '@jest/globals';
import { isProblem } from '../../src/commands/problem.ts';
import { readPhrase } from '../../src/commands/read.ts';
import { context, filterOf, refused, understood, wished } from './reading.ts';

const codeOf = (phrase: string): string => refused(phrase).problem;

/** CPU milliseconds that reading the text takes. */
const cost = (text: string): number => {
  const start = process.threadCpuUsage();
  readPhrase(text, context);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
};

describe('commands', () => {
  test.each(['', ' ', '\u00a0\u3000', '\u200b\u200d\ufeff', '\n\t', '???', '()'])(
    'H070: text without a word asks for help (%j)',
    (text) => {
      expect(understood(text).command.name).toBe('help');
    },
  );

  test.each([28_000, 1_000_000])('H071: %i characters get one fixed answer', (length) => {
    expect(readPhrase('sign-ins '.repeat(length / 9), context)).toBe(
      readPhrase('a'.repeat(900_000), context),
    );
    expect(codeOf('x'.repeat(4097))).toBe('too-long');
    expect(codeOf('x'.repeat(4096))).toBe('unknown-word');
  });

  test.each([
    `signins ${'a'.repeat(4000)}!`,
    '('.repeat(4000),
    'from:::::::'.repeat(370),
    '\'"`'.repeat(1300),
    "'a ".repeat(1300),
    'or '.repeat(1300),
    'flagged or '.repeat(370),
    'not '.repeat(1000),
    'a:'.repeat(2000),
    'in-'.repeat(1300),
    'a@'.repeat(2000),
    '1.'.repeat(2000),
    '::'.repeat(2000),
    '<a '.repeat(1300),
    '[a]('.repeat(1000),
    '&amp;'.repeat(800),
    'from the '.repeat(450),
    'app x, '.repeat(580),
    'risk '.repeat(800),
    'last '.repeat(800),
    'for users named '.repeat(250),
    'app a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(70),
    Array.from({ length: 300 }, (_, index) => `for u${index}@b.co`).join(' '),
    `for ${Array.from({ length: 300 }, (_, index) => `u${index}@b.co`).join(', ')}`,
  ])('H072: reading %.20j… takes no longer than its length', (text) => {
    cost(text);
    expect(Math.min(cost(text), cost(text), cost(text))).toBeLessThan(60);
  });

  test.each([
    'top -1',
    'top 0',
    'top 1e309',
    'top 0x10',
    'top ٣',
    'top 9007199254740993',
    'top 1001',
    'top 5.5',
    'flagged top 007',
  ])('H074: "%s" is no number of sign-ins', (phrase) => {
    expect(codeOf(phrase)).toBe('bad-number');
  });

  test('H074: nothing is smuggled in behind a number', () => {
    expect(codeOf('top 10 OR 1')).toBe('unknown-word');
    expect(understood('top 1000 flagged').query?.limit).toBe(1000);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    'H075: "%s" is an unknown word wherever it stands',
    (word) => {
      expect(codeOf(word)).toBe('unknown-word');
      expect(codeOf(`flagged ${word}`)).toBe('unknown-word');
      expect(codeOf(`flagged ${word} today`)).toBe('unknown-word');
      expect(codeOf(`help ${word}`)).toBe('unknown-command');
      expect(codeOf(`risk level ${word}`)).toBe('bad-value');
      expect(codeOf(`risk state ${word}`)).toBe('bad-value');
      expect(codeOf(`sign-ins from ${word}`)).toBe('bad-country');
      expect(codeOf(`what does ${word} mean`)).toBe('unknown-command');
    },
  );

  test('H034: the tags of a mention are no words, however they are nested', () => {
    expect(filterOf('<at>Flagman</at> flagged')).toBe('flaggedForReview eq true');
    expect(codeOf('<at id="0">Flag<at>man</at></at>&nbsp;flagged')).toBe('unknown-word');
  });
});

describe('letters', () => {
  test.each([
    ['H080', 'flagged for alice\u202emoc.osotnoc@nimda', 'U+202E'],
    ['H081', 'flagged for al\u200bice@contoso.com', 'U+200B'],
    ['H081', 'flagged for al\u200dice@contoso.com', 'U+200D'],
    ['H081', 'flagged for alice\ufeff@contoso.com', 'U+FEFF'],
    ['H081', 'flagged for ali\u00adce@contoso.com', 'U+00AD'],
    ['H081', 'flagged for alice\u{e0041}@contoso.com', 'U+E0041'],
    ['H081', 'sign-ins to app "Te\u2066ams"', 'U+2066'],
    ['H081', 'sign-ins to app "\u200bTeams"', 'U+200B'],
  ])('%s: an invisible character inside an argument is refused and shown (%j)', (_id, phrase, shown) => {
    const problem = refused(phrase);
    expect(problem.problem).toBe('bad-character');
    expect(problem.what).toContain(shown);
  });

  test('H081: around words they are cleaned away', () => {
    expect(filterOf('\ufeffflagged\u200b for \u200euser@contoso.com\u200b today\u202c')).toBe(
      filterOf('flagged for user@contoso.com today'),
    );
  });

  test.each([
    ['é composed', 'josé@contoso.com'.normalize('NFC')],
    ['é decomposed', 'josé@contoso.com'.normalize('NFD')],
    ['full-width', 'ａdmin@contoso.com'],
    ['ligature', 'ﬁnance@contoso.com'],
    ['Kelvin sign', '\u212aim@contoso.com'],
  ])('H082: %s goes to Graph as it came, and the answer says so', (_name, upn) => {
    const call = understood(`flagged for ${upn}`);
    expect(call.query?.where).toContainEqual({ op: 'eq', property: 'userPrincipalName', value: upn });
    expect(call.notes.join()).toContain('outside ASCII');
  });

  test('H082: names are compared letter for letter too', () => {
    const name = 'Cafe\u0301 ﬁ \u212a';
    expect(filterOf(`sign-ins to app "${name}" today`)).toContain(`appDisplayName eq '${name}'`);
  });
});

describe('OData', () => {
  test('H086: an apostrophe stays inside its literal', () => {
    expect(filterOf("flagged for o'brien@contoso.com")).toBe(
      "flaggedForReview eq true and userPrincipalName eq 'o''brien@contoso.com'",
    );
  });

  test.each([
    "flagged for x') or startswith(userPrincipalName,'a",
    "sign-ins to app 'foo' and 1 eq 1",
    'sign-ins to app foo eq 1',
    "userPrincipalName eq 'a@contoso.com'",
    '$filter=flaggedForReview eq true',
    "filter: startswith(userPrincipalName,'a')",
    'flagged and createdDateTime ge 2026-11-01',
    'status/errorCode ne 0',
    'riskLevelAggregated gt 2',
    '1 ne 2',
    'filter flaggedForReview',
    "any(t: t eq 'x')",
    "sign-ins to app x') or (1 eq 1",
  ])('H088: raw OData is refused: %s', (phrase) => {
    expect(codeOf(phrase)).toBe('raw-odata');
  });

  test('H090: whatever stands in quotes is one literal', () => {
    expect(filterOf('sign-ins to apps starting with "Azure\') and (1 eq 1"')).toBe(
      "startswith(appDisplayName,'Azure'') and (1 eq 1')",
    );
  });

  test.each([
    "sign-ins from '1.2.3.4 or 1 eq 1'",
    'sign-ins from ::1%eth0',
    'sign-ins from 01.02.03.04',
    'sign-ins from 999.1.1.1',
    'sign-ins from ::ffff:1.2.3.4',
    'sign-ins from 203.0.113.0/33',
    'sign-ins from 203.0.113.0/-1',
    'sign-ins from 2001:db8::/129',
    'sign-ins from 1.2.3.4.5',
    'ip 0x7f000001',
    'ip prefix 300',
  ])('H091: no address: %s', (phrase) => {
    expect(codeOf(phrase)).toBe('bad-address');
  });

  test('H091: three numbers are the beginning of an address', () => {
    expect(filterOf('sign-ins from 1.2.3')).toBe("startswith(ipAddress,'1.2.3.')");
  });

  test.each([
    'flagged since 2026-13-45',
    'flagged since 2026-02-30T25:61',
    'flagged since yesterday; drop',
    'flagged since 0001-01-01',
    'flagged since 9999-12-31',
    'flagged since +275760-09-13',
  ])('H093: a strange date is refused or becomes a plain instant: %s', (phrase) => {
    if (isProblem(readPhrase(phrase, context))) return;
    const { from, to } = understood(phrase).query?.window ?? {};
    for (const bound of [from, to]) {
      expect(bound?.at ?? '2026-11-21T12:00:00Z').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/);
    }
  });
});

describe('wishes for changes', () => {
  test.each([
    'confirm compromised #1 reason: user den\u202eies travel',
    'confirm compromised #1 reason: user den\u200bies travel',
    'confirm compromised #\u20661 reason: user denies travel',
    'approve CR-10\u202e42',
    'reject CR-1042 wr\u{e0041}ong',
  ])('H081: an invisible character inside a word is refused: %j', (phrase) => {
    expect(codeOf(phrase)).toBe('bad-character');
  });

  test('H081: around the words of a reason they are cleaned away', () => {
    expect(
      wished('confirm safe #1 reason: \u202eknown\u202c\u00a0VPN\n\nof \u200bthe office').wish,
    ).toMatchObject({
      reason: 'known VPN of the office',
    });
  });

  test('H071: a reason is short, and more than 4 KB are not read at all', () => {
    const said = (length: number): string => `confirm safe #1 reason: ${'a'.repeat(length)}`;
    expect(wished(said(500)).wish).toMatchObject({ reason: 'a'.repeat(500) });
    expect(refused(said(501))).toMatchObject({ problem: 'too-long', at: { length: 501 } });
    expect(refused(`reject CR-1 ${'a'.repeat(501)}`).problem).toBe('too-long');
    expect(refused(said(4090))).toBe(readPhrase('x'.repeat(5000), context));
  });

  test.each([
    `confirm compromised ${'#1 '.repeat(1300)}`,
    `confirm compromised ${'#1-3, '.repeat(600)}`,
    `confirm compromised ${'and '.repeat(1000)}`,
    `mark ${'the '.repeat(1000)}#1 as safe`,
    `dismiss #1 ${'with '.repeat(800)}`,
    `dismiss #1 ${'-'.repeat(4000)}`,
    `approve ${'the '.repeat(1000)}`,
    `approve CR-1 ${'('.repeat(4000)}`,
    `resolve CR-1 ${'was '.repeat(1000)}`,
    `CR-${'0'.repeat(4000)}1`,
    'show '.repeat(800),
    'cr '.repeat(1300),
  ])('H072: reading %.24j… takes no longer than its length', (text) => {
    cost(text);
    expect(Math.min(cost(text), cost(text), cost(text))).toBeLessThan(60);
  });

  test('H088: OData in a reason is a reason; before it, it is refused', () => {
    const odata = "riskState eq 'atRisk' or 1 eq 1";
    expect(wished(`confirm safe #1 reason: ${odata}`).wish).toMatchObject({ reason: odata });
    expect(codeOf(`confirm safe ${odata}`)).toBe('raw-odata');
  });

  test.each(['approve CR-1 CR-2', 'approve all', 'reject everything', 'withdraw CR-1 and CR-2'])(
    '"%s" is answered with: one at a time',
    (phrase) => {
      expect(refused(phrase).what).toContain('one at a time');
    },
  );
});
