import { describe, expect, test } from '@jest/globals';
import type { View } from '../../src/cards/view.ts';
import type { Powers, Shown } from '../../src/commands/command.ts';
import type { Query, SignInAnswer } from '../../src/entra/query.ts';
import type { SignIn } from '../../src/entra/sign-in.ts';
import { answerWith } from '../support/answer.ts';
import { context, meant, understood } from './reading.ts';

const row = (index: number): SignIn => ({
  id: `id-${index}`,
  createdDateTime: '2026-11-21T11:00:00Z',
  userPrincipalName: 'user@contoso.com',
});

const answerOf = (query: Query, count: number): SignInAnswer =>
  answerWith(
    Array.from({ length: count }, (_, index) => row(index + 1)),
    { query, filter: "userPrincipalName eq 'user@contoso.com'" },
  );

const QUESTION: Query = { entity: 'signIns', where: [], window: {} };

const shownOf = (answer: Partial<SignInAnswer>, count = 25): Shown => ({
  resultId: 'kept',
  asked: 'sign-ins today',
  notes: ['a note'],
  answer: { ...answerOf(QUESTION, count), ...answer },
  first: 0,
});

/** A conversation: what Graph was asked, what was kept, and what is found again. */
const conversation = (last?: Shown, rows = 3) => {
  const asked: Query[] = [];
  const zones: string[] = [];
  const kept: Omit<Shown, 'resultId'>[] = [];
  const powers: Powers = {
    person: { id: context.me, teamsId: '29:me', tenantId: 'tenant', name: 'Someone' },
    place: {
      kind: 'personal',
      conversationId: 'a',
      serviceUrl: 'https://x',
      tenantId: 'tenant',
      botId: 'bot',
    },
    zone: 'Europe/Oslo',
    now: context.now,
    readSignIns: (query) => {
      asked.push(query);
      return Promise.resolve(answerOf(query, rows));
    },
    rememberShown: (shown) => {
      kept.push(shown);
      return Promise.resolve({ ...shown, resultId: 'new' });
    },
    lastShown: () => Promise.resolve(last),
    rememberZone: (zone) => {
      zones.push(zone);
      return Promise.resolve();
    },
    askedAbout: () => Promise.resolve([]),
    standing: () => Promise.resolve({ roles: ['Security Reader'], mayRead: true }),
    openApprovals: () => Promise.resolve([]),
    approval: () => Promise.resolve(undefined),
    historyOf: () => Promise.resolve([]),
    share: () => Promise.resolve(undefined),
    verifyShare: () => Promise.resolve(undefined),
    incidents: () => Promise.resolve([]),
    incidentHere: () => Promise.resolve(undefined),
    timeline: (name) =>
      Promise.resolve({ name, entries: [], shares: new Map(), approvals: new Map(), redacted: [] }),
    approvalView: () => ({ card: 'working', asked: 'never' }),
  };
  return {
    powers,
    asked,
    zones,
    kept,
    say: (phrase: string): Promise<View> => understood(phrase).run(powers),
  };
};

const helpFor = async (phrase: string, last?: Shown) => {
  const view = await conversation(last).say(phrase);
  if (view.card !== 'help') throw new Error(`${phrase} showed ${view.card}`);
  return view;
};

describe('a question', () => {
  test('is asked once, kept, and shown as a list', async () => {
    const { say, asked, kept } = conversation();
    const view = await say('sign-ins for user@contoso.com today');
    expect(asked).toHaveLength(1);
    expect(kept).toMatchObject([{ asked: 'sign-ins for user@contoso.com today', first: 0 }]);
    expect(view).toMatchObject({ card: 'sign-in-list', first: 0, resultId: 'new', zone: 'Europe/Oslo' });
  });

  test('for one sign-in by its id shows it in full when it is there', async () => {
    const view = await conversation(undefined, 1).say('sign-in 66ea54eb-6301-4ee5-be62-ff5a759b0100');
    expect(view).toMatchObject({ card: 'sign-in-details', signIn: { id: 'id-1' }, resultId: 'new' });
  });

  test.each([0, 2])('for one sign-in by its id shows the list when %i come back', async (rows) => {
    const view = await conversation(undefined, rows).say('sign-in 66ea54eb-6301-4ee5-be62-ff5a759b0100');
    expect(view.card).toBe('sign-in-list');
  });

  test('about the sender alone needs no role, and one about others does', () => {
    expect(understood('my sign-ins today')).toMatchObject({ aboutMe: true });
    expect(understood('sign-ins for me or a@contoso.com today')).toMatchObject({ aboutMe: false });
    expect(understood('sign-ins for a@contoso.com today')).toMatchObject({ aboutMe: false });
    expect(understood('sign-ins today not for me')).toMatchObject({ aboutMe: false });
  });

  test('with a pasted error message falls back on the correlation id', () => {
    const ids =
      'Request Id: 66ea54eb-6301-4ee5-be62-ff5a759b0100 Correlation Id: d79f5bee-5860-4832-928f-3133e22ae912';
    expect(understood(ids).query?.otherwise?.where).toEqual([
      { op: 'eq', property: 'correlationId', value: 'd79f5bee-5860-4832-928f-3133e22ae912' },
    ]);
  });
});

describe('next page', () => {
  test('goes on in the last answer without asking Graph', async () => {
    const { say, asked, kept } = conversation(shownOf({}));
    const view = await say('next page');
    expect(asked).toEqual([]);
    expect(view).toMatchObject({ card: 'sign-in-list', asked: 'sign-ins today', resultId: 'new' });
    expect(kept[0]?.first).toBeGreaterThan(0);
  });

  test('says when that was all', async () => {
    expect((await helpFor('next page', shownOf({}, 3))).title).toBe('That was all');
  });
});

describe('the last answer', () => {
  test.each(['next page', 'what filter did you use', 'details #2'])('is missed by "%s"', async (phrase) => {
    expect((await helpFor(phrase)).title).toBe('Nothing was shown here yet');
  });

  test('gives a row in full by its number', async () => {
    const view = await conversation(shownOf({})).say('details #2');
    expect(view).toMatchObject({ card: 'sign-in-details', signIn: { id: 'id-2' } });
    expect(understood('details #2').notes.join()).toContain('#2');
  });

  test('is not said to be missing because a row is', async () => {
    expect(await conversation(shownOf({}, 3)).say('details #4')).toMatchObject({
      title: 'There is no row #4',
      paragraphs: ['The last answer, to "sign-ins today", ends at row #3.'],
    });
    expect(await conversation(shownOf({}, 0)).say('details #1')).toMatchObject({
      title: 'There is no row #1',
      paragraphs: ['The last answer, to "sign-ins today", has no rows.'],
    });
  });

  test('tells its filter, and what was tested besides', async () => {
    const plain = await helpFor('what filter did you use', shownOf({}));
    expect(plain.paragraphs).toContain("Sent to Graph: userPrincipalName eq 'user@contoso.com'");
    expect(plain.paragraphs).toContain('Flagman tested nothing else on the rows.');
    const tested = await helpFor('show the filter', shownOf({ secondPass: ['country is not US'] }));
    expect(tested.paragraphs).toContain('Tested on the rows by Flagman: country is not US.');
  });
});

test('a time zone is kept', async () => {
  const { say, zones } = conversation();
  const view = await say('set my timezone to Europe/Oslo please');
  expect(zones).toEqual(['Europe/Oslo']);
  expect(view).toMatchObject({ card: 'help', title: 'Your time zone is Europe/Oslo' });
});

describe('explanations', () => {
  test('a known code: what it means and what to do', async () => {
    const view = await helpFor('what is 50126');
    expect(view.title).toContain('AADSTS50126');
    expect(view.paragraphs.join()).toContain('Next:');
    expect(view.paragraphs.join()).toContain('https://login.microsoftonline.com/error?code=50126');
  });

  test('a code without a name, and one that nobody knows', async () => {
    expect((await helpFor('explain AADSTS50052')).title).toBe('AADSTS50052');
    expect((await helpFor('what is AADSTS9999999')).paragraphs.join()).toContain('no explanation');
  });

  test('both causes of a code with two', async () => {
    expect((await helpFor('what is 50053')).paragraphs.join()).toMatch(/locked[\s\S]*address/);
  });

  test.each([
    ['what does unlikelyTravel mean', 'unlikelyTravel (risk event type)'],
    ['what is atypical travel', 'unlikelyTravel (risk event type)'],
    ['explain risk state remediated', 'remediated (risk state)'],
    ['what does high risk mean', 'high (risk level)'],
    ['what is risk level none', 'none (risk level)'],
    ['what does unknownFutureValue mean', 'unknownFutureValue (risk state)'],
  ])('"%s" explains %s', async (phrase, title) => {
    expect((await helpFor(phrase)).title).toBe(title);
  });
});

describe('help', () => {
  test('lists what there is, each with something to say', async () => {
    const [ask, change, sharing, narrow] = (await helpFor('help')).sections;
    expect(ask?.rows.length).toBeGreaterThan(8);
    for (const { say } of ask?.rows ?? []) understood(say);
    expect(change?.heading).toBe('Changes and approvals');
    for (const { say } of change?.rows ?? []) meant(say);
    for (const { say } of sharing?.rows ?? []) meant(say);
    const clauses = narrow?.rows[0]?.say.split(' · ') ?? [];
    expect(clauses.length).toBeGreaterThan(20);
    for (const name of clauses) expect((await helpFor(`help ${name}`)).title).toBe(name);
  });

  test('about a command and about a clause shows their examples', async () => {
    expect((await helpFor('help flagged')).paragraphs.join()).toContain('asks for help');
    expect((await helpFor('help sign ins')).title).toBe('sign-ins');
    expect((await helpFor('help with time')).title).toBe('time');
    expect((await helpFor('help imap')).title).toBe('legacy auth');
    expect((await helpFor('what is a flagged sign-in')).title).toBe('flagged');
  });

  test('about flagging can be forwarded to a user', async () => {
    for (const phrase of ['help flagging', 'how do users flag a sign-in']) {
      const { paragraphs } = await helpFor(phrase);
      expect(paragraphs.join(' ')).toMatch(/Enable flagging.*20 minutes.*nothing about risk/s);
    }
  });

  test('says who may do what', async () => {
    expect((await helpFor('what can I do')).paragraphs.join()).toContain('Security Reader');
  });
});
