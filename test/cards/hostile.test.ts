import { describe, expect, test } from '@jest/globals';
import { render } from '../../src/cards/render.ts';
import { cardText } from '../support/card-text.ts';
import { worst } from './any.ts';
import { faultsOf } from './rules.ts';
import { detailsView, found, helpView, listView, problemView } from './views.ts';

const listOf = (change: Record<string, unknown>) => render(listView({ rows: [found(change)] }));
const detailsOf = (change: Record<string, unknown>) => render(detailsView(change));

const both = (change: Record<string, unknown>): string => {
  const cards = [listOf(change), detailsOf(change)];
  for (const card of cards) expect(faultsOf(card)).toEqual([]);
  return cards.map(cardText).join('');
};

describe('hostile values in the log', () => {
  test('H041: a UPN that only looks like another is marked, and its ASCII reading is shown', () => {
    const change = { userPrincipalName: 'аdmin@contoso.com' };
    expect(cardText(listOf(change))).toContain('LOOK-ALIKE NAME');
    expect(cardText(detailsOf(change))).toContain('look like admin@contoso.com. It is not that user.');
    expect(both({ userPrincipalName: 'admin@contoso.com' })).not.toMatch(/look-?alike|look like/i);
  });

  test('H080: a bidi control in a UPN is spelt out', () => {
    const text = both({ userPrincipalName: 'alice\u202emoc.osotnoc@nimda' });
    expect(text).toContain('alice‹U+202E›moc.osotnoc@nimda');
    expect(text).not.toContain('\u202e');
  });

  test('H081: zero-width and tag characters are spelt out', () => {
    const text = both({ userPrincipalName: 'a\u200bl\u200di\ufeffc\u00ade\u{e0041}@contoso.com' });
    expect(text).toContain('a‹U+200B›l‹U+200D›i‹U+FEFF›c‹U+00AD›e‹U+E0041›@contoso.com');
  });

  test('H085: a tower of combining marks is cut', () => {
    const text = both({ userDisplayName: `Z${'\u0301'.repeat(1000)}algo` });
    expect(text).not.toMatch(/\u0301{20}/);
  });

  test('H101: an unknown risk state is shown as it is, stands out, and never passes for safe', () => {
    for (const riskState of ['newThing', 'unknownFutureValue', '__proto__', 'constructor']) {
      const card = listOf({ riskState });
      expect(cardText(card)).toContain(`Risk state ${riskState}`);
      expect(cardText(card)).not.toMatch(/No risk|safe|SUCCEEDED/i);
      expect(JSON.stringify(card)).toContain(
        `"text":"  |  Risk state ${riskState} · high (at sign-in: medium)","color":"Warning"`,
      );
    }
  });

  test('H101: what is missing is said to be missing', () => {
    const text = both({
      riskState: null,
      riskLevelAggregated: null,
      riskLevelDuringSignIn: null,
      status: null,
    });
    expect(text).toContain('RESULT NOT GIVEN');
    expect(text).toContain('Risk not given');
  });

  test('H101: a property that Microsoft added is shown as it is, as text', () => {
    const text = cardText(
      render(detailsView({ quantumScore: 7, '[x](https://evil.example)': { a: '{{x}}' } })),
    );
    expect(text).toContain('## New in the log\nquantumScore  7\n[x](https://evil.example)  {"a":"{ {x}}"}');
  });

  test('H101: unknown words of the details are shown and said to be unknown', () => {
    const text = cardText(detailsOf({ riskDetail: 'unheardOf', riskEventTypes_v2: ['brandNewDetection'] }));
    expect(text).toContain('unheardOf: Flagman does not know this word.');
    expect(text).toContain('brandNewDetection: Flagman does not know this word.');
  });

  test('H152: Markdown in a user agent or an app name is plain text', () => {
    const text = both({
      userAgent: '[Sign in again](https://evil.example)',
      appDisplayName: '![x](https://evil.example/p.png)',
    });
    expect(text).toContain('[Sign in again](https://evil.example)');
    expect(text).toContain('![x](https://evil.example/p.png)');
  });

  test('H153: a reference-style link over two fields is plain text', () => {
    const text = both({ userDisplayName: '[Update][r]', appDisplayName: '[r]: https://evil.example/?q=' });
    expect(text).toContain('“[Update][r]”');
  });

  test('H154: mentions and tags are broken, and no card mentions anybody', () => {
    for (const name of [
      '<at>Security Team</at>',
      '<a href="x">',
      '<img src=x>',
      '<script>alert(1)</script>',
    ]) {
      const card = listOf({ userDisplayName: name });
      expect(cardText(card)).not.toMatch(/<[a-z/]/i);
      expect(JSON.stringify(card)).not.toContain('entities');
    }
  });

  test('H155: a name that imitates a status is quoted, on one line, beside the real status', () => {
    const text = cardText(listOf({ userDisplayName: '✅ Approved by CISO\nSUCCEEDED\nNo risk found' }));
    expect(text).toContain('#1 “✅ Approved by CISO SUCCEEDED No risk fo…” user@contoso.com');
    expect(text.split('\n')).not.toContain('SUCCEEDED');
    expect(text).toContain('\nFAILED 53003');
  });

  test('H158: a value of a megabyte is cut, and the card is still sent', () => {
    for (const text of ['W', '"', '\\', '\u202e', '😀', '한'].map((unit) => unit.repeat(1_000_000))) {
      const rows = Array.from({ length: 10 }, () => ({ signIn: worst(text), confirmed: false }));
      expect(
        faultsOf(render(listView({ rows, notes: [text], secondPass: [text] }, { asked: text }))),
      ).toEqual([]);
      expect(faultsOf(render({ ...detailsView(), signIn: worst(text) }))).toEqual([]);
      expect(faultsOf(render({ ...problemView, what: text, why: text, next: text }))).toEqual([]);
      const sections = Array.from({ length: 12 }, () => ({
        heading: text,
        rows: Array.from({ length: 12 }, () => ({ say: text, means: text })),
      }));
      expect(faultsOf(render({ ...helpView, title: text, paragraphs: [text], sections }))).toEqual([]);
    }
  });

  test('an expression in any value is broken, and nothing of the view leaks through it', () => {
    const text = both(
      Object.fromEntries(
        ['userDisplayName', 'userPrincipalName', 'appDisplayName', 'userAgent', 'ipAddress'].map((key) => [
          key,
          `\${$root.headline} {{DATE(2021-10-01T00:00:00Z)}}`,
        ]),
      ),
    );
    expect(text).toContain('$ {$root.headline} { {DATE(');
  });

  test('an id that is not one gets no button', () => {
    for (const id of ['../../x', `\${x}`, 'x'.repeat(65), 'a b']) {
      expect(cardText(listOf({ id }))).not.toContain('[Details]');
      expect(cardText(detailsOf({ id }))).not.toContain('[Explain this error]');
    }
  });
});
