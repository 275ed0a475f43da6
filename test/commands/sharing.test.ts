import { describe, expect, test } from '@jest/globals';
import { verdictOn } from '../../src/commands/sharing/verdict.ts';
import type { Verified } from '../../src/entra/share.ts';
import { answerWith } from '../support/answer.ts';
import { refused, understood, wished } from './reading.ts';

describe('sharing', () => {
  test.each<[string, object]>([
    ['share #2 to incident INC-204', { rows: [2], incident: 'INC-204' }],
    ['share #1 #3 with inc-204', { rows: [1, 3], incident: 'INC-204' }],
    ['share rows 1 and 3 to the incident thread', { rows: [1, 3] }],
    ['post #1-3 in INC-204 please', { rows: [1, 2, 3], incident: 'INC-204' }],
    ['send #2 to INC 204', { rows: [2], incident: 'INC-204' }],
    ['post that to the incident thread', {}],
    ['post this to the thread of incident INC-204', { incident: 'INC-204' }],
    ['share #2 to incident', { rows: [2] }],
    ['share it', {}],
    ['share', {}],
    ['please share the last answer to SEC0001234', { incident: 'SEC0001234' }],
    ['share these sign-ins with incident INC-204 thread', { incident: 'INC-204' }],
    ['post the results in this channel', {}],
  ])('"%s" wishes %j', (phrase, wish) => {
    expect(wished(phrase).wish).toEqual({ wish: 'share', ...wish });
  });

  test.each([
    ['share #0 to INC-204', 'bad-number'],
    ['share #1 to Bob', 'bad-value'],
    ['share #1 to CR-1001', 'bad-value'],
    ['share 66ea54eb-6301-4ee5-be62-ff5a759b0100 to INC-204', 'bad-value'],
    ['share #1-40 to INC-204', 'too-broad'],
    ['share #1 nicely', 'unknown-word'],
    ['share #1 to INC-204 and INC-205', 'unknown-word'],
  ])('"%s" is a problem (%s) that names what to say', (phrase, code) => {
    const { problem, next } = refused(phrase);
    expect(problem).toBe(code);
    expect(next).toMatch(/incident|#1|For example/);
  });
});

test.each(['share #0 to INC-204', 'share #1 66ea54eb-6301-4ee5-be62-ff5a759b0100 to INC-204'])(
  '"%s" is answered with an example of sharing, not of a change',
  (phrase) => {
    const { next, suggestions } = refused(phrase);
    expect(next).toBe('For example: share #2 to incident INC-204');
    expect(suggestions).toEqual([{ title: 'help share', say: 'help share' }]);
  },
);

describe('the place of an incident', () => {
  test.each<[string, string, boolean]>([
    ['this is incident INC-204', 'INC-204', false],
    ['This thread is incident inc-204.', 'INC-204', false],
    ['this is the incident INC 204', 'INC-204', false],
    ['move incident INC-204 here', 'INC-204', true],
    ['move incident SEC-7 to this thread', 'SEC-7', true],
  ])('"%s" names %s', (phrase, name, moves) => {
    expect(wished(phrase).wish).toEqual({ wish: 'incident', name, moves });
  });

  test.each([
    'this is incident',
    'this is incident CR-1001',
    'this is incident INC-204 and INC-205',
    'move incident here',
  ])('"%s" names none', (phrase) => {
    expect(refused(phrase).what).toMatch(/incident|understood/);
  });
});

describe('a share', () => {
  test.each([
    ['share 12', 'a share'],
    ['show share 12', 'a share'],
    ['verify share 12', 'verify share'],
    ['check share #12', 'verify share'],
    ['verify share 12 4f1d5a0c 9be27713', 'verify share'],
    ['verify share 12 sha-256 4f1d5a0c9be27713', 'verify share'],
  ])('"%s" asks for it', (phrase, name) => {
    expect(understood(phrase).command.name).toBe(name);
  });

  test.each(['verify share', 'verify share twelve', 'verify share 12 4f1', 'share 12 13'])(
    '"%s" does not',
    (phrase) => {
      expect(refused(phrase).what).not.toBe('');
    },
  );

  const snapshot = { asked: '', notes: [], answer: answerWith([]), of: 0 };
  const genuine = 'a'.repeat(64);
  const erased = { number: 12, at: 0, by: { id: 'maya', name: 'Maya' }, redacted: [], hash: genuine };
  const share = { ...erased, snapshot };
  const recorded = { seq: 7, at: 0, hash: genuine };
  const whole: Verified = { share, edited: [], recorded };

  test.each<[string, Verified, string | undefined, RegExp]>([
    ['is as it was shared', whole, undefined, /^Share 12 is as it was shared/],
    ['is as the card says', whole, 'aaaaaaaa', /^Share 12 is as it was shared/],
    ['is not what the card says', whole, 'aaaaaaab', /^That card does not show share 12/],
    ['was changed', { ...whole, edited: ['its rows'] }, undefined, /^What is stored of share 12 was changed/],
    ['was changed as the card was', { ...whole, edited: ['its rows'] }, 'bbbbbbbb', /^That card does not/],
    ['was made up', { share, edited: ['that it was shared at all'] }, undefined, /^Nothing proves share 12/],
    ['was made up with its card', { share, edited: [] }, 'aaaaaaaa', /^Nothing proves share 12/],
    ['was erased', { ...whole, share: erased }, undefined, /^The rows of share 12 are no longer kept/],
    ['was erased, but for another card', { ...whole, share: erased }, 'cccccccc', /^That card does not show/],
  ])('that %s is told so', (_, verified, typed, title) => {
    expect(verdictOn(verified, typed).title).toMatch(title);
  });
});
