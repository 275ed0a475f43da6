import { describe, expect, test } from '@jest/globals';
import { render } from '../../src/cards/render.ts';
import { resultOf, riskOf } from '../../src/cards/sign-in-words.ts';
import { cardText } from '../support/card-text.ts';
import { elementsOf } from './inspect.ts';
import { detailsView, found, listView, signIn } from './views.ts';

const risk = (riskState: string | null, now: string | null, then: string | null = now) =>
  riskOf(signIn({ riskState, riskLevelAggregated: now, riskLevelDuringSignIn: then }));

describe('risk at a glance', () => {
  test('only open risk is drawn in the colour of alarm', () => {
    expect(risk('atRisk', 'high')).toEqual({ text: 'AT RISK · high', colour: 'Attention' });
    expect(risk('confirmedCompromised', 'high').colour).toBe('Attention');
    for (const state of ['remediated', 'dismissed', 'confirmedSafe', 'none'])
      expect(risk(state, 'none').colour).toBe('Default');
  });

  test('a risk that the licence hides is not taken for none', () => {
    expect(risk('none', 'hidden').text).toBe('Risk hidden (needs Entra ID P2)');
    expect(risk('none', 'none').text).toBe('No risk found');
  });

  test('a level that contradicts the state stands out', () => {
    expect(risk('none', 'high')).toEqual({ text: 'Risk state none · high', colour: 'Warning' });
  });

  test('both levels are shown where they differ', () => {
    expect(risk('atRisk', 'high', 'low').text).toBe('AT RISK · high (at sign-in: low)');
    expect(risk('atRisk', 'high', null).text).toBe('AT RISK · high (at sign-in: not given)');
  });
});

describe('flagged and risky are told apart at one look', () => {
  const rowOf = (change: Record<string, unknown>) => {
    const card = render(listView({ rows: [found(change)] }));
    const [row] = elementsOf(card, 'Container');
    const runs = elementsOf(row, 'TextRun');
    return { style: row?.style, badge: runs.find(({ text }) => /FLAGGED|RISK/.test(String(text))) };
  };

  test('by their words, their colour and the ground of the row', () => {
    const flagged = rowOf({
      flaggedForReview: true,
      riskState: 'none',
      riskLevelAggregated: 'none',
      riskLevelDuringSignIn: 'none',
    });
    const risky = rowOf({ flaggedForReview: false });
    expect(flagged).toMatchObject({
      style: 'accent',
      badge: { text: 'FLAGGED · user asked for help', color: 'Accent' },
    });
    expect(risky).toMatchObject({ style: 'attention', badge: { color: 'Attention' } });
    expect(rowOf({})).toMatchObject({ style: 'attention', badge: { text: 'FLAGGED · user asked for help' } });
    expect(rowOf({ flaggedForReview: false, riskState: 'none' }).style).toBe('emphasis');
  });
});

describe('the result', () => {
  const result = (errorCode: number | null) => resultOf(signIn({ status: { errorCode } }));

  test('is success, a prompt on the way, or a failure with its code', () => {
    expect(result(0)).toEqual({ text: 'SUCCEEDED', colour: 'Good' });
    expect(result(50074).text).toMatch(/^INTERRUPTED 50074 · /);
    expect(result(50126).text).toMatch(/^FAILED 50126 · /);
    expect(result(null).text).toBe('RESULT NOT GIVEN');
  });

  test('of a code that nobody knows is a failure', () => {
    expect(result(999_999_999)).toEqual({
      text: 'FAILED 999999999 · A code that Flagman cannot explain.',
      colour: 'Warning',
    });
  });
});

describe('details', () => {
  const text = (change: Record<string, unknown>) => cardText(render(detailsView(change)));

  test('name an app that has an id alone, and a service principal', () => {
    const shown = text({
      appDisplayName: null,
      servicePrincipalName: 'backup',
      userPrincipalName: null,
      userDisplayName: null,
    });
    expect(shown).toContain('App  c44b4083-3bb0-49c1-b47d-974e53cbdf3c');
    expect(shown).toContain('Service principal  backup');
    expect(shown).toContain('\nbackup  2026');
  });

  test('say how many entries of a list are left out', () => {
    const policies = Array.from({ length: 30 }, (_, index) => ({
      displayName: `P${index}`,
      result: 'notApplied',
    }));
    expect(text({ appliedConditionalAccessPolicies: policies })).toContain('and  22 more, not shown');
  });

  test('put the policies that decided first', () => {
    const of = (displayName: string, result: string | null) => ({ displayName, result });
    const shown = text({
      appliedConditionalAccessPolicies: [
        of('a', null),
        of('b', 'notApplied'),
        of('c', 'success'),
        of('d', 'failure'),
      ],
    });
    expect(shown.match(/· [abcd]$/gm)).toEqual(['· d', '· c', '· a', '· b']);
  });

  test('tell a step that was passed from one that was not and one that is not known', () => {
    const steps = [true, false, null].map((succeeded) => ({ authenticationMethod: 'Password', succeeded }));
    const shown = text({ authenticationDetails: steps });
    for (const outcome of ['passed', 'not passed', 'outcome not given'])
      expect(shown).toContain(`Step  ${outcome} · Password`);
  });

  test('offer the explanation of an error, and none of a success', () => {
    expect(text({})).toContain('[Explain this error]');
    expect(text({ status: { errorCode: 0 } })).not.toContain('Explain');
  });

  test('offer to ask further only about names and addresses that can be said', () => {
    expect(text({})).toContain('[Same user] [Same IP]');
    expect(text({ userPrincipalName: 'a b@c since', ipAddress: '1.2.3.4 or' })).not.toContain('[Same');
    expect(text({ userPrincipalName: null, ipAddress: null })).not.toContain('[Same');
  });

  test('give both levels one line when they are the same', () => {
    const shown = text({ riskLevelDuringSignIn: 'high', riskDetail: 'aiConfirmedSigninSafe' });
    expect(shown).toContain('Level  high: ');
    expect(shown).toContain('Detail  aiConfirmedSigninSafe: ');
  });

  test('show an original request that differs', () => {
    expect(text({ originalRequestId: 'other-1' })).toContain('Original request  other-1');
    expect(text({})).not.toContain('Original request');
  });
});
