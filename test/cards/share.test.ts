import { describe, expect, test } from '@jest/globals';
import { render, summaryOf } from '../../src/cards/render.ts';
import type { ShareFormView, View } from '../../src/cards/view.ts';
import type { SignInAnswer } from '../../src/entra/query.ts';
import { cardText } from '../support/card-text.ts';
import { worst } from './any.ts';
import { elementsOf } from './inspect.ts';
import { faultsOf } from './rules.ts';
import { editedView, erasedView, incident, shareFormView, shareView } from './shares.ts';
import { HASH, snapshot } from './timelines.ts';
import { answer, detailsView, found, listView, REQUEST } from './views.ts';

const RESULT = '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11';

const textOf = (view: View): string => cardText(render(view));

const buttonsOf = (view: View) =>
  elementsOf(render(view), 'Action.Execute').map(({ title, verb, data }) => ({ title, verb, data }));

/** The card of rows of an answer that has `of` rows in all. */
const shareOf = (change: Partial<SignInAnswer>, of: number) => {
  const whole = answer(change);
  return shareView({ snapshot: snapshot({ answer: whole, of }) });
};

const headlineOf = (change: Partial<SignInAnswer>, of: number): string => summaryOf(shareOf(change, of));

const UNFINISHED = { verdict: { finished: false, why: 'capped' }, pages: 3 } as const;

describe('the headline of a share', () => {
  test('counts the rows that were shared among all that were found', () => {
    const rows = [found(), found(), found()];
    expect(headlineOf({ rows }, 1412)).toBe('Share 12 · 3 of 1,412 flagged sign-ins');
    expect(headlineOf({ rows }, 3)).toBe('Share 12 · 3 flagged sign-ins');
    expect(headlineOf({}, 1)).toBe('Share 12 · 1 flagged sign-in');
    expect(headlineOf({ query: { ...answer().query, where: [] } }, 2)).toBe('Share 12 · 1 of 2 sign-ins');
  });

  test('knows the newest few by how many the whole answer had', () => {
    const query = { ...answer().query, limit: 5 };
    expect(headlineOf({ query }, 5)).toBe('Share 12 · 1 of the newest 5 flagged sign-ins');
    expect(textOf(shareOf({ query }, 5))).toContain('Read as far back as needed');
    expect(headlineOf({ query: { ...query, limit: 1 } }, 1)).toBe('Share 12 · the newest flagged sign-in');
    expect(headlineOf({ query }, 4)).toBe('Share 12 · 1 of 4 flagged sign-ins');
    expect(textOf(shareOf({ query }, 4))).toContain('Everything in this scope was read');
  });

  test('says that nothing was found only where everything was read', () => {
    expect(headlineOf({ rows: [] }, 0)).toMatch(/^Share 12 · No flagged interactive sign-ins match from /);
    for (const change of [UNFINISHED, { unreadable: 1 }])
      expect(headlineOf({ rows: [], ...change }, 0)).toMatch(/^Share 12 · Not known: /);
  });

  test('never passes for all where reading broke off, and the card says so above the rows', () => {
    const view = shareOf(UNFINISHED, 40);
    expect(summaryOf(view)).toBe('Share 12 · 1 of 40 flagged sign-ins found before reading stopped');
    const [above = ''] = textOf(view).split('#1 ');
    expect(above).toContain('Not everything was read: the page limit was reached');
  });

  test('stands alone in a notification, without any name', () => {
    const by = { id: 'x', name: 'Ana Lyst' };
    expect(summaryOf(shareView({ by }))).toBe('Share 12 · 2 of 4 flagged sign-ins');
    expect(summaryOf(erasedView())).toBe('Share 12 · erased');
    expect(summaryOf(shareFormView())).toBe('A form to share sign-ins');
  });
});

describe('the card of a share', () => {
  test('has the same words an hour later: nothing on it is counted from now', () => {
    expect(textOf(shareView())).not.toMatch(/\bago\b|\bnow\b/);
    expect(textOf(shareView())).toContain('As it was at 2026-11-20 11:59:52 UTC (12:59:52 Europe/Oslo)');
  });

  test('shows every digit of the hash', () => {
    expect(textOf(shareView()).replaceAll(' ', '')).toContain(`SHA-256${HASH}`);
    expect(textOf(erasedView()).replaceAll(' ', '')).toContain(`SHA-256${HASH}`);
  });

  test('carries its number and nothing else in its buttons, and none about a row', () => {
    const data = { share: 12 };
    expect(buttonsOf(shareView())).toEqual([
      { title: 'Refresh', verb: 'refresh-share', data },
      { title: 'Verify', verb: 'verify-share', data },
    ]);
    expect(buttonsOf(erasedView())).toEqual([{ title: 'Verify', verb: 'verify-share', data }]);
  });

  test('counts its own rows, by which a reply to it names them', () => {
    expect(textOf(shareView())).toMatch(/^#1 .*(?:\n.*)*\n#2 /m);
  });

  test('is for a chat when there is no incident', () => {
    const { incident: _none, ...rest } = shareView().share;
    const [, second] = textOf({ ...shareView(), share: rest }).split('\n');
    expect(second).toBe('shared by “Ana Lyst” (…0c5a4f6f2a01)');
  });

  test('says once that it may be a repeat', () => {
    const words = 'This may be a repeat of an earlier message.';
    expect(textOf(shareView({}, { isRepeat: true })).split(words)).toHaveLength(2);
    expect(textOf(shareView())).not.toContain(words);
    expect(textOf({ ...erasedView(), isRepeat: true })).toContain(words);
  });

  test('names what its place leaves out, and of what was asked nothing', () => {
    const text = textOf(shareView({ redacted: ['address'] }));
    expect(text).toContain('Left out here: IP addresses and what was asked.');
    expect(text).not.toMatch(/Asked|Filter|203\.0\.113\.7/);
    expect(text).toContain('user@contoso.com');
    expect(textOf(shareView())).not.toContain('Left out');
  });

  test('believes nothing that stands beside what somebody changed in the store', () => {
    const text = textOf(editedView());
    expect(text).toContain('nothing of it is shown');
    expect(text).toContain('"verify share 12" says what was changed');
    expect(text).not.toMatch(/mallory|na”|INC-999|2026-|SHA-256|4f1d5a0c/);
  });

  test('says that it was given up on its way to the thread, where it is met elsewhere', () => {
    const words = 'Flagman gave up posting it into the thread of its incident';
    expect(textOf(shareView({ isGivenUp: true }))).toContain(words);
    expect(textOf(shareView())).not.toContain(words);
  });

  test('H155: a sharer who is called like a status is quoted, and known by the object id', () => {
    const name = '✅ Verified by CISO\nFrozen: all good';
    const text = textOf(shareView({ by: { id: '9c3b7d70-53c5-4f0e-8f6d-0c5a4f6f2a01', name } }));
    expect(text).toContain('shared by “✅ Verified by CISO Frozen: all good” (…0c5a4f6f2a01)');
  });

  test('H041: a sharer whose name only looks like another is named as such', () => {
    expect(textOf(shareView({ by: { id: 'x', name: 'Аna' } }))).toContain('look like “Ana”');
  });

  test('H158: ten rows of the worst stay within what can be sent, and no row is dropped in silence', () => {
    for (const text of ['W', '"', '\u202e', '한'].map((unit) => unit.repeat(100_000))) {
      const rows = Array.from({ length: 10 }, () => ({ signIn: worst(text), confirmed: false }));
      const whole = { rows, filter: text, notes: [text], secondPass: [text] };
      const view = shareOf(whole, 10);
      const card = render({ ...view, share: { ...view.share, by: { id: text, name: text } } });
      expect(faultsOf(card)).toEqual([]);
      const shown = cardText(card).match(/^#\d+ /gm)?.length ?? 0;
      const left = Number(/^and (\d+) more rows?, for which/m.exec(cardText(card))?.[1] ?? 0);
      expect(shown + left).toBe(10);
    }
  });

  test('ten usual rows stand on one card', () => {
    const rows = Array.from({ length: 10 }, () => found());
    expect(textOf(shareOf({ rows }, 10)).match(/^#\d+ /gm)).toHaveLength(10);
  });
});

describe('the form to share', () => {
  const choicesOf = (view: ShareFormView) => elementsOf(render(view), 'Input.ChoiceSet');

  test('offers the incidents, the newest first, and chooses none by itself', () => {
    const choices = ['INC-204', 'SEC-7'].map((name) => ({ title: name, value: name }));
    expect(choicesOf(shareFormView())).toMatchObject([{ id: 'incident', value: '', choices }]);
  });

  test('chooses the incident whose thread this is, which is offered once', () => {
    const [input] = choicesOf(shareFormView({ here: incident('SEC-7') }));
    expect(input).toMatchObject({ value: 'SEC-7', choices: [{ value: 'SEC-7' }, { value: 'INC-204' }] });
  });

  test('says how an incident gets a thread while there is none, and offers no way to share', () => {
    const view = shareFormView({ incidents: [] });
    expect(choicesOf(view)).toEqual([]);
    expect(buttonsOf(view).map(({ verb }) => verb)).toEqual(['more']);
    expect(textOf(view)).toContain('this is incident INC-204');
  });

  test('shares one row by its id, or so many of a page, and leads back to where it came from', () => {
    const back = { title: 'Back to the list', verb: 'more', data: { result: RESULT, first: 10 } };
    expect(buttonsOf(shareFormView({ row: REQUEST, first: 10 }))).toEqual([
      { title: 'Share', verb: 'share-to', data: { result: RESULT, row: REQUEST } },
      back,
    ]);
    expect(buttonsOf(shareFormView({ first: 10 }))).toEqual([
      { title: 'Share', verb: 'share-to', data: { result: RESULT, first: 10, count: 2 } },
      back,
    ]);
  });

  test('can share that nothing was found', () => {
    const view = shareFormView({ snapshot: snapshot({ answer: answer({ rows: [] }), of: 0 }) });
    expect(textOf(view)).toContain('Share: No flagged interactive sign-ins match');
    expect(buttonsOf(view)[0]).toMatchObject({ verb: 'share-to', data: { result: RESULT, first: 0 } });
  });
});

describe('the way to share', () => {
  const sharesOf = (view: View) => buttonsOf(view).filter(({ verb }) => verb === 'share');

  test('stands beside every row, and on its details', () => {
    const one = { title: 'Share…', verb: 'share', data: { result: RESULT, row: REQUEST } };
    expect(sharesOf(listView())).toEqual([one]);
    expect(sharesOf(detailsView())).toEqual([one]);
  });

  test('stands below the rows for all of them as they are shown, and where none was found', () => {
    const rows = Array.from({ length: 26 }, (_, index) => found({ id: `row-${index}` }));
    expect(sharesOf(listView({ rows }, { first: 10 })).at(-1)).toEqual({
      title: 'Share these 10…',
      verb: 'share',
      data: { result: RESULT, first: 10, count: 10 },
    });
    expect(sharesOf(listView({ rows: [] }))).toEqual([
      { title: 'Share…', verb: 'share', data: { result: RESULT, first: 0 } },
    ]);
  });

  test('costs no row: ten flagged ones still find room', () => {
    const rows = Array.from({ length: 26 }, () => found());
    expect(textOf(listView({ rows })).match(/^#\d+ /gm)).toHaveLength(10);
  });

  test('is there for clients that only know Action.Submit as long as there is room', () => {
    const bare = (length: number) =>
      elementsOf(render(listView({ rows: Array.from({ length }, () => found()) })), 'Action.Execute')
        .filter(({ fallback }) => fallback === undefined)
        .map(({ title }) => title);
    expect(bare(6)).toEqual([]);
    expect(new Set(bare(7))).toEqual(new Set(['Details', 'Act…', 'Share…', 'Share these 7…', 'Export']));
  });
});
