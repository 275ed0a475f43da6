import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { stage, story } from './story.ts';

const FOLDER = new URL('../../../shared/data/examples/', import.meta.url);
const there = existsSync(FOLDER);

// What the documentation shows was signed in then; later it would lie before what is kept.
const talk = stage({ now: Date.parse('2020-03-13T20:00:00Z') });

/** Lets Graph answer with a documented sample once, and with an empty page to the link in it. */
const answerWith = (sample: string): void => {
  const { graph } = talk().demo;
  graph.faults.length = 0;
  const text = readFileSync(new URL(sample, FOLDER), 'utf8').replaceAll(
    'https://graph.microsoft.com',
    graph.url,
  );
  const path = '/auditLogs/signIns';
  graph.faults.push(
    { path, times: 1, effect: { kind: 'answer', status: 200, body: text } },
    { path, skip: 1, times: 1, effect: { kind: 'answer', status: 200, body: '{"value":[]}' } },
  );
};

const lastQuery = (): string =>
  talk()
    .demo.graph.requests.filter((request) => /signins$/i.test(request.path))
    .at(-1)?.query ?? '';

(there ? describe : describe.skip)(
  'the sample answers of the documentation, from the wire to the card',
  () => {
    story(talk, 'sample-list', 'a list, and its next page', async ({ say, press }) => {
      answerWith('v1.0__signin-list__02-response.json');
      await say('analyst', 'sign-ins last 24h');
      expect(lastQuery()).toBe('$top=1&$skiptoken=9177f2e3532fcd4c4d225f68f7b9bdf7_1');
      await press('analyst', 'Details');
    });

    story(
      talk,
      'sample-filtered',
      'a list of one app, whose next link has a filter of its own',
      async ({ say }) => {
        answerWith('v1.0__signin-list__04-response.json');
        await say('analyst', 'sign-ins to apps starting with Graph last 24h');
        expect(lastQuery()).toMatch(
          /^\$filter=startsWith\(appDisplayName%2c%27Graph%27\)&\$top=10&\$skiptoken=70f66c/,
        );
      },
    );

    story(talk, 'sample-get', 'one sign-in by its id', async ({ say }) => {
      answerWith('v1.0__signin-get__02-response.json');
      await say('analyst', 'sign-in 66ea54eb-6301-4ee5-be62-ff5a759b0100');
    });

    story(
      talk,
      'sample-not-confirmed',
      'what a sample leaves out is not taken for an answer',
      async ({ say }) => {
        answerWith('v1.0__signin-list__02-response.json');
        await say('analyst', 'flagged for testaccount1@contoso.com last 24h');
      },
    );
  },
);

test('the samples are there, or their absence is seen', () => {
  expect(existsSync(FOLDER)).toBe(there);
});
