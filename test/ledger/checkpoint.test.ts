import { describe, expect, test } from '@jest/globals';
import { readCheckpoint, writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { chainOf, KEY, keyOf, ORIGIN } from './chain.ts';

const TIME = '2026-11-22T10:00:00Z';
const [, , last] = chainOf(3);
const head = { size: 3, hash: last?.hash ?? '' };
const note = writeCheckpoint(ORIGIN, head, TIME, KEY);

describe('a checkpoint', () => {
  test('is a note of four lines and a signature, which its key reads back', () => {
    expect(note.split('\n').slice(0, 5)).toEqual([ORIGIN, '3', head.hash, TIME, '']);
    expect(readCheckpoint(note, ORIGIN, [keyOf(2), KEY])).toEqual({
      ...head,
      origin: ORIGIN,
      time: TIME,
      keyId: KEY.id,
    });
  });

  test('is read however a chat has changed its white space, and nothing else', () => {
    for (const pasted of [note.trim(), note.replaceAll('\n', '\r\n'), note.replace(/\n+/g, '\u00a0 \n')])
      expect(readCheckpoint(pasted, ORIGIN, [KEY])).toMatchObject(head);
    expect(readCheckpoint(note.replace('\n3\n', '3\n'), ORIGIN, [KEY])).toBe('not-a-checkpoint');
  });

  test.each([
    ['cut short by a crash', note.slice(0, -30), 'not-a-checkpoint'],
    ['empty', '', 'not-a-checkpoint'],
    ['with a line more', `${note}x\n`, 'not-a-checkpoint'],
    ['of fewer entries', note.replace('\n3\n', '\n2\n'), 'bad-signature'],
    ['of another time', note.replace('T10', 'T11'), 'bad-signature'],
    ['of another ledger', writeCheckpoint('other', head, TIME, KEY), 'foreign-origin'],
    ['of another key', writeCheckpoint(ORIGIN, head, TIME, keyOf(2)), 'unknown-key'],
    [
      'of another key in our name',
      writeCheckpoint(ORIGIN, head, TIME, { ...keyOf(2), id: KEY.id }),
      'bad-signature',
    ],
  ])('%s is none', (_what, text, why) => {
    expect(readCheckpoint(text, ORIGIN, [KEY])).toBe(why);
  });
});
