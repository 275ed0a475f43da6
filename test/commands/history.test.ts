import { describe, expect, test } from '@jest/globals';
import { history } from '../../src/commands/all/history.ts';
import type { Powers } from '../../src/commands/command.ts';
import type { AskedAbout } from '../../src/entra/ledger-event.ts';
import { context, refused, understood } from './reading.ts';

const entry = (change: Partial<AskedAbout>): AskedAbout => ({
  at: Date.parse('2026-11-21T10:00:00Z'),
  personId: 'an-object-id',
  name: 'Maya',
  kind: 'question',
  command: 'flagged',
  rows: 3,
  verdict: 'finished',
  ...change,
});

/** What the card says of an entry. */
const said = async (change: Partial<AskedAbout>): Promise<string | undefined> => {
  const powers = { zone: 'UTC', now: context.now, askedAbout: async () => [entry(change)] };
  const view = await understood('history of user@contoso.com').run(powers as Partial<Powers> as Powers);
  return view.card === 'help' ? view.sections[0]?.rows[0]?.means : undefined;
};

describe('the history of a user', () => {
  test.each<[Partial<AskedAbout>, string]>([
    [{}, 'Maya: flagged · 3 rows'],
    [{ rows: 1 }, 'Maya: flagged · 1 row'],
    [{ verdict: 'capped' }, 'Maya: flagged · 3 rows, capped'],
    [{ kind: 'refusal', rows: 0, verdict: 'role-needed' }, 'Maya: flagged · refused (role-needed)'],
    [{ name: '' }, 'an-object-id: flagged · 3 rows'],
  ])('says of %j: %s', async (change, text) => {
    expect(await said(change)).toBe(text);
  });

  test('is asked for by a name of the log, in any case, politely or not', () => {
    for (const phrase of ['history of User@Contoso.com', 'who asked about user@contoso.com please'])
      expect(understood(phrase).command).toBe(history);
    expect(refused('history of user@').problem).toBe('not-a-upn');
  });

  test('is not what other words about a history mean', () => {
    expect(understood('sign-in history for user@contoso.com').command).not.toBe(history);
    expect(refused('history of user@contoso.com today').problem).not.toBe('not-a-upn');
  });
});
