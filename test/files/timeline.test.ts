import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TimelineView } from '../../src/cards/view.ts';
import type { FileFormat } from '../../src/entra/file.ts';
import type { TimelineEntry } from '../../src/entra/ledger-event.ts';
import { hashed, written } from '../../src/files/file.ts';
import { timelineFile } from '../../src/files/timeline.ts';
import { anyTimelineView } from '../cards/any-timeline.ts';
import { ANALYST } from '../cards/approvals.ts';
import { ENTRIES, erasedTimeline, HASH, share, snapshot, timelineView } from '../cards/timelines.ts';
import { answer, found, NOW } from '../cards/views.ts';
import { expectGolden } from '../support/golden.ts';

const taking = { by: ANALYST, at: NOW, zone: 'Europe/Oslo' };

const fileOf = async (view: TimelineView, format: FileFormat): Promise<string> => {
  const pieces: string[] = [];
  for await (const piece of written(await hashed(timelineFile(view, taking)), format)) pieces.push(piece);
  return pieces.join('');
};

type Row = Readonly<Record<string, unknown>>;

/** What the first line of the JSON lines says of the file, and the rows. */
const readingOf = async (
  view: TimelineView,
): Promise<{ readonly file: Row; readonly rows: readonly Row[] }> => {
  const [head, ...rows] = (await fileOf(view, 'jsonl')).trimEnd().split('\n');
  return { file: JSON.parse(head ?? '').file, rows: rows.map((row) => JSON.parse(row)) };
};

describe('what people take away of an incident', () => {
  test.each<[FileFormat, string]>([
    ['csv', 'csv'],
    ['jsonl', 'jsonl'],
    ['markdown', 'md'],
  ])('as %s', async (format, ending) => {
    expectGolden(`test/files/golden/timeline.${ending}`, await fileOf(timelineView(), format));
  });

  test('once the retention is over', async () => {
    expectGolden('test/files/golden/timeline-erased.md', await fileOf(erasedTimeline(), 'markdown'));
  });
});

describe('a timeline as a file', () => {
  test('has every entry in the order of the ledger, whatever it tells', async () => {
    await fc.assert(
      fc.asyncProperty(anyTimelineView, async (view) => {
        const { file, rows } = await readingOf(view);
        const entries = rows.map(({ entry }) => entry);
        expect([...new Set(entries)]).toEqual(view.entries.map(({ seq }) => seq));
        expect(entries).toEqual([...entries].sort((one, other) => Number(one) - Number(other)));
        expect(file.entries).toBe(view.entries.length);
      }),
      { numRuns: 60 },
    );
  });

  test('has a row for every sign-in that was shared or asked about', async () => {
    const { rows } = await readingOf(timelineView());
    expect(rows.filter(({ kind }) => kind === 'shared').map(({ signInId }) => signInId)).toEqual([
      '66ea54eb-6301-4ee5-be62-ff5a759b0100',
      '66ea54eb-6301-4ee5-be62-ff5a759b0101',
    ]);
    expect(rows.filter(({ kind }) => kind === 'requested')).toHaveLength(1);
  });

  test('says nothing of the risk as it was beside what an effect made of it', async () => {
    const { rows } = await readingOf(timelineView());
    const proof = rows.find(({ kind }) => kind === 'proof');
    expect(proof).toMatchObject({ user: 'user@contoso.com', risk: null, result: null });
  });

  test('gives the filter with what Flagman tested itself, and why an answer was not complete', async () => {
    const capped = answer({
      rows: [found()],
      verdict: { finished: false, why: 'capped' },
      secondPass: ['not from DE'],
      filter: 'flaggedForReview eq true',
    });
    const shares = new Map([[12, share({ snapshot: snapshot({ answer: capped }) })]]);
    const { rows } = await readingOf(timelineView({ shares }));
    expect(rows.find(({ kind }) => kind === 'shared')).toMatchObject({
      filter: ['flaggedForReview eq true', 'tested by Flagman: not from DE'],
      complete: 'no: reading stopped early (capped)',
      hash: HASH,
    });
  });

  test('says in each row of a share that its card was given up, whatever is left of it', async () => {
    const words = 'Flagman gave up posting it into the thread of its incident.';
    const { snapshot: _changed, ...rest } = share({ isGivenUp: true });
    for (const given of [share({ isGivenUp: true }), rest, { ...rest, isEdited: true } as const]) {
      const view = timelineView({ shares: new Map([[12, given]]) });
      const { rows } = await readingOf(view);
      for (const { kind, what } of rows)
        expect([kind, String(what).endsWith(words)]).toEqual([kind, kind === 'shared']);
      for (const format of ['csv', 'markdown'] as const) expect(await fileOf(view, format)).toContain(words);
    }
    expect(await fileOf(timelineView(), 'jsonl')).not.toContain('gave up');
  });

  test('says in each row what of it was erased', async () => {
    const { file, rows } = await readingOf(erasedTimeline());
    expect(file.completeness).toContain('No longer kept: 2 names, 1 reason, 1 share, and 1 request.');
    const completeOf = (kind: string) => rows.find((row) => row.kind === kind)?.complete;
    expect(completeOf('shared')).toBe('no: the name was erased, the rows were erased');
    expect(completeOf('requested')).toBe(
      'no: the name was erased, the reason was erased, the request is no longer kept',
    );
    expect(completeOf('intent')).toBe('no: the request is no longer kept');
    expect(completeOf('ended')).toBe('yes');
  });

  test('tells a change that was taken up again from its beginning', async () => {
    const claimed = (await readingOf(timelineView())).rows.filter(({ kind }) => kind === 'claimed');
    expect(claimed.map(({ what }) => what)).toEqual([
      'Flagman began to carry it out.',
      'Flagman took it up once more to go on.',
      'Flagman took it up once more to go on.',
    ]);
  });

  test('leaves out what the place of whoever takes it leaves out, and says so', async () => {
    const view = timelineView({ redacted: ['user', 'address'] });
    for (const format of ['csv', 'jsonl', 'markdown'] as const)
      expect(await fileOf(view, format)).not.toMatch(/Ursula|user@contoso|203\.0\.113|denies travel/);
    const { file, rows } = await readingOf(view);
    expect(file.leftOut).toBe(
      'names and ids of users, IP addresses, and what was asked; the reasons of requests too',
    );
    expect(rows.find(({ kind }) => kind === 'requested')).toMatchObject({
      user: 'User A',
      address: 'left out',
    });
  });

  test('H161: a name or a reason is no formula to any spreadsheet', async () => {
    for (const hostile of ["=cmd|' /C calc'!A0", '+1+1', '-2', '@SUM(A1)', '＝1']) {
      const entries = ENTRIES.map((entry): TimelineEntry => ({ ...entry, name: hostile }));
      const lines = (await fileOf(timelineView({ entries }), 'csv')).split('\r\n');
      const line = lines.find((one) => one.startsWith('"6"')) ?? '';
      expect(line.split('","')[4]).toBe(`'${hostile}`);
    }
  });
});
