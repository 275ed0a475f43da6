import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { render, summaryOf } from '../../src/cards/render.ts';
import { signInPage } from '../../src/cards/sign-in-list.ts';
import type { Verdict } from '../../src/entra/query.ts';
import { cardText } from '../support/card-text.ts';
import { anyListView } from './any.ts';
import { elementsOf } from './inspect.ts';
import { answer, detailsView, found, helpView, listView, problemView, workingView } from './views.ts';

const textOf = (...args: Parameters<typeof listView>): string => cardText(render(listView(...args)));

const { query, scope } = answer();

describe('what an answer says of itself', () => {
  test('nothing is said to be absent unless everything was read', () => {
    fc.assert(
      fc.property(anyListView, (view) => {
        const { verdict, rows, unreadable } = view.answer;
        const headline = summaryOf(view);
        const isOpen = !verdict.finished || (rows.length === 0 && unreadable > 0);
        expect(/^No /.test(headline)).toBe(rows.length === 0 && !isOpen);
        expect(/^Not known: /.test(headline)).toBe(isOpen);
        expect(cardText(render(view))).toContain(headline);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['capped', 'Not known: the page limit was reached after 20 pages; 0 found so far'],
    ['throttled', 'Not known: Graph asked to wait after 20 pages; 0 found so far'],
    ['failed', 'Not known: reading broke off after 20 pages; 0 found so far'],
    ['timeout', 'Not known: time ran out after 20 pages; 0 found so far'],
  ] as const)('a reading that was %s names its reason', (why, headline) => {
    const verdict: Verdict = { finished: false, why };
    expect(summaryOf(listView({ rows: [], verdict, pages: 20 }))).toBe(headline);
  });

  test('nothing is said to be absent while a row could not be read', () => {
    expect(summaryOf(listView({ rows: [], unreadable: 2 }))).toBe(
      'Not known: 2 rows could not be read; 0 found besides',
    );
  });

  test('a reading that failed at once says so', () => {
    const verdict: Verdict = { finished: false, why: 'timeout' };
    expect(summaryOf(listView({ rows: [], verdict, pages: 0 }))).toContain('before the first page');
  });

  test('flagged is said of questions about flagged sign-ins alone', () => {
    const flagged = { op: 'eq', property: 'flaggedForReview', value: true } as const;
    const said = (where: typeof query.where) => summaryOf(listView({ query: { ...query, where } }));
    expect(said([])).toBe('1 sign-in');
    expect(said([{ op: 'and', of: [flagged] }])).toBe('1 flagged sign-in');
    expect(said([{ ...flagged, value: false }])).toBe('1 sign-in');
    expect(said([{ op: 'not', of: flagged }])).toBe('1 sign-in');
  });

  test('counts of thousands can be read', () => {
    const rows = Array.from({ length: 1200 }, (_, index) => found({ id: `row-${index}` }));
    expect(summaryOf(listView({ rows }))).toBe('1,200 flagged sign-ins');
    expect(textOf({ rows: rows.slice(0, 1), read: 41_200, dropped: 41_199 })).toContain(
      '; 1 of 41,200 match',
    );
  });

  test('a top question does not claim that everything was read', () => {
    const text = textOf({ query: { ...query, limit: 1 }, read: 400, dropped: 363 });
    expect(text).toContain('The newest flagged sign-in\n');
    expect(text).toContain('Read as far back as needed; 37 of 400 match');
    expect(text).not.toContain('Everything');
    expect(textOf({ query: { ...query, limit: 5 } })).toContain('Everything in this scope was read');
  });

  test('each reason for the window is named', () => {
    expect(textOf({ scope: { ...scope, why: 'default' } })).toContain(
      '(the usual window, as none was given)',
    );
    expect(textOf({ scope: { ...scope, why: 'id' } })).toContain('(as far back as Entra ID keeps sign-ins)');
  });

  test('that the newest minutes may still arrive is said while they may', () => {
    expect(textOf({ scope: { ...scope, settling: true } })).toContain('newest minutes may still arrive');
    expect(textOf({ scope: { ...scope, settling: false } })).not.toContain('may still arrive');
  });

  test('of a time that Entra ID no longer keeps, nothing is said to be absent', () => {
    const old = { ...scope, from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' };
    const text = textOf({
      rows: [],
      pages: 0,
      verdict: { finished: false, why: 'retention' },
      scope: { ...old, clippedFrom: old.from, settling: false },
    });
    expect(text).toContain('## Not known: Entra ID no longer keeps sign-ins of that time');
    expect(text).not.toMatch(/match|You asked from|found so far/);
  });

  test('the age of the answer counts from when Graph was asked', () => {
    expect(textOf({ fetchedAt: '2026-11-20T09:00:00Z' })).toContain('asked 3 h ago');
  });
});

describe('a card that many ask for at once', () => {
  test('is made once, and anew as soon as anything on it would differ', () => {
    const view = listView();
    const { card } = signInPage(view);
    expect(signInPage({ ...view }).card).toBe(card);
    const changes = [
      { asked: 'other words' },
      { notes: ['a remark'] },
      { first: 1 },
      { resultId: 'another' },
      { zone: 'Asia/Kolkata' },
      { now: view.now + 1000 },
      { answer: { ...view.answer } },
    ];
    for (const change of changes) {
      expect(signInPage({ ...view, ...change }).card).not.toBe(card);
      expect(signInPage(view).card).toEqual(card);
    }
  });
});

describe('paging', () => {
  const rows = Array.from({ length: 25 }, (_, index) => found({ id: `row-${index}` }));

  test('every row stands on exactly one page, in order', () => {
    const ids: unknown[] = [];
    for (let first: number | undefined = 0; first !== undefined; ) {
      const page = signInPage(listView({ rows }, { first }));
      ids.push(...elementsOf(page.card, 'Action.Execute').filter(({ verb }) => verb === 'details'));
      first = page.next;
    }
    expect(ids).toHaveLength(25);
    expect(ids.map((button) => JSON.stringify(button).match(/row-\d+/)?.[0])).toEqual(
      rows.map(({ signIn }) => signIn.id),
    );
  });

  test('Show more carries the index of the next row, and stands only where there is one', () => {
    const more = (first: number) =>
      elementsOf(render(listView({ rows }, { first })), 'Action.Execute').filter(
        ({ verb }) => verb === 'more',
      );
    expect(more(0)).toMatchObject([{ title: 'Show more', data: { first: 10 } }]);
    expect(more(20)).toEqual([]);
  });

  test('ten usual rows find room on a card, all of them flagged and at risk', () => {
    expect(signInPage(listView({ rows })).next).toBe(10);
  });

  test('rows too large for one card make shorter pages', () => {
    const wide = rows.map(({ signIn }) =>
      found({
        ...signIn,
        userDisplayName: '"'.repeat(40),
        appDisplayName: '\\'.repeat(40),
        userPrincipalName: `"${'\\'.repeat(70)}`,
        location: { city: '"'.repeat(24), state: '"'.repeat(23) },
      }),
    );
    const { next } = signInPage(listView({ rows: wide }));
    expect(next).toBeGreaterThan(4);
    expect(next).toBeLessThan(10);
  });
});

describe('the notification', () => {
  test('holds nothing of a person', () => {
    for (const view of [listView(), detailsView(), helpView, problemView, workingView])
      expect(summaryOf(view)).not.toMatch(/user@|Ursula|203\.0|flaged/);
  });

  test('of an answer in words is its title, unless that may name somebody', () => {
    const said = (title: string) => summaryOf({ ...helpView, title });
    for (const title of ['Hello, I am Flagman', 'History of CR-1001', 'Your time zone is Europe/Oslo'])
      expect(said(title)).toBe(title);
    for (const title of ['What was asked about user@contoso.com', 'About Kim Nguyễn', '‹U+202E›', ''])
      expect(said(title)).toBe('An answer from Flagman');
  });
});
