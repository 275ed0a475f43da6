import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { codeOf, fileError } from '../../src/lib/file-error.ts';

const failure = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test('a file that cannot be read is named, with what the system says and who named it', () => {
  const cause = failure(() => readFileSync('/no-such-folder/x'));
  const error = fileError('--out', 'read', '/no-such-folder/x', cause);
  expect(error.message).toBe('--out cannot be read: no such file or directory (/no-such-folder/x).');
  expect(error.cause).toBe(cause);
  expect(codeOf(cause)).toBe('ENOENT');
});

test('what is no failure of the system is told as it is', () => {
  expect(fileError('--out', 'written', 'x', 'the disk is full').message).toMatch(
    /: the disk is full \(x\)\.$/,
  );
  expect(codeOf(new Error('x'))).toBeUndefined();
});
