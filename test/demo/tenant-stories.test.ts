import { afterAll, describe, expect, test } from '@jest/globals';
import { type Client, closeAll, type Json, NOW, open, TENANT } from './graph-client.ts';

const HOUR = 60 * 60 * 1000;
const since = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();

const shared: Promise<Client> = open();
const find = async (filter: string): Promise<readonly Json[]> => (await shared).signIns(filter);
afterAll(closeAll);

const codes = (rows: readonly Json[]): readonly number[] =>
  [...new Set<number>(rows.map((row) => row.status.errorCode))].sort();

describe('each story is found by a plain filter over the wire', () => {
  test('asking for help: the example user has flagged errors within two days, and older ones', async () => {
    const flagged = "flaggedForReview eq true and userPrincipalName eq 'user@contoso.com'";
    const recent = await find(`${flagged} and createdDateTime ge ${since(48)}`);
    expect(recent.length).toBeGreaterThanOrEqual(4);
    expect(codes(recent)).toEqual(expect.arrayContaining([50074, 53003]));
    expect((await find(flagged)).length).toBeGreaterThan(recent.length);
    expect(recent.every((row) => row.riskState === 'none')).toBe(true);
  });

  test("asking for help: Microsoft's own example query, in its own spelling", async () => {
    const query =
      "flaggedforReview eq true and createdDateTime ge 2026-11-01 and userPrincipalname eq 'user@contoso.com'";
    expect((await find(query)).length).toBeGreaterThan(4);
  });

  test('asking for help: the error footer of the sample can be pasted', async () => {
    const [row] = await find("id eq '66ea54eb-6301-4ee5-be62-ff5a759b0100'");
    expect(row.correlationId).toBe('d79f5bee-5860-4832-928f-3133e22ae912');
  });

  test('password spray: many users, three addresses, one success', async () => {
    const rows = await find(
      `startsWith(ipAddress,'203.0.113.') and createdDateTime ge ${since(30)} and appDisplayName eq 'Azure Portal'`,
    );
    const spray = rows.filter((row) => ['.7', '.8', '.9'].some((end) => row.ipAddress === `203.0.113${end}`));
    expect(new Set(spray.map((row) => row.userId)).size).toBeGreaterThan(40);
    expect(codes(spray)).toEqual([50053, 50126]);
    const reasons = new Set(
      spray.filter((row) => row.status.errorCode === 50053).map((row) => row.status.failureReason),
    );
    expect(reasons.size).toBe(2);
    const hit = await find(
      "riskEventTypes_v2/any(t: t eq 'passwordSpray') and status/errorCode eq 0 and riskState eq 'atRisk'",
    );
    expect(hit.map((row) => row.userPrincipalName)).toEqual(['kim@contoso.com']);
  });

  test('stolen token: only non-interactive rows show it', async () => {
    const anomalous = "riskEventTypes_v2/any(t: t eq 'anomalousToken')";
    expect(await find(anomalous)).toEqual([]);
    const rows = await find(`${anomalous} and signInEventTypes/any(t: t eq 'nonInteractiveUser')`);
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows.map((row) => row.ipAddress))).toEqual(new Set(['203.0.113.99']));
    expect(new Set(rows.map((row) => row.sessionId)).size).toBe(1);
  });

  test('impossible traveller: Oslo, and Lagos 40 minutes later, once with success at high risk', async () => {
    const rows = await find(
      `userPrincipalName eq 'henrik.dahl@contoso.com' and createdDateTime ge ${since(7)}`,
    );
    const lagos = rows.filter((row) => row.location.city === 'Lagos');
    const oslo = rows.find(
      (row) => row.location.city === 'Oslo' && row.createdDateTime < lagos[0].createdDateTime,
    );
    const first = Math.min(...lagos.map((row) => Date.parse(row.createdDateTime)));
    expect(first - Date.parse(oslo.createdDateTime)).toBeLessThanOrEqual(40 * 60_000);
    const successes = lagos.filter((row) => row.status.errorCode === 0 && row.riskState === 'atRisk');
    expect(successes.map((row) => [row.riskLevelAggregated, row.riskEventTypes_v2])).toEqual([
      ['high', ['unlikelyTravel']],
    ]);
  });

  test('breaking policy: a wave of 53003 after the rule left report-only', async () => {
    const wave = await find(
      `status/errorCode eq 53003 and createdDateTime ge ${since(71)} and createdDateTime le ${since(60)}`,
    );
    expect(new Set(wave.map((row) => row.userId)).size).toBeGreaterThan(15);
    const failing = wave.filter((row) =>
      row.appliedConditionalAccessPolicies.some((policy: Json) => policy.result === 'failure'),
    );
    expect(failing.length).toBe(wave.length);
    expect(wave.some((row) => row.flaggedForReview)).toBe(true);
    expect(wave.every((row) => row.conditionalAccessStatus === 'failure')).toBe(true);
  });

  test('leaked secret: a program signs in from a new address, after wrong secrets', async () => {
    const rows = await find(
      "ipAddress eq '198.51.100.20' and signInEventTypes/any(t: t eq 'servicePrincipal')",
    );
    expect(new Set(rows.map((row) => row.appId))).toEqual(new Set(['11111111-2222-3333-4444-555555555555']));
    expect(codes(rows)).toEqual([0, 7000215]);
  });

  test('legacy IMAP: tried every night', async () => {
    const rows = await find("clientAppUsed eq 'IMAP4'");
    expect(rows.length).toBeGreaterThan(80);
    expect(codes(rows)).toEqual([50126, 53003]);
  });

  test('closed cases: every state that a verdict leaves behind', async () => {
    for (const state of ['remediated', 'dismissed', 'confirmedSafe', 'confirmedCompromised'])
      expect((await find(`riskState eq '${state}'`)).length).toBeGreaterThan(0);
  });

  test('new laptop: low risk, and nothing else wrong', async () => {
    const rows = await find(`riskState eq 'atRisk' and riskLevelAggregated eq 'low'`);
    expect(rows.map((row) => [row.userPrincipalName, row.status.errorCode])).toEqual([
      ['s.kovac@contoso.com', 0],
    ]);
  });

  test('the last day has risk to confirm, and flagged sign-ins without any', async () => {
    const lastDay = `createdDateTime ge ${since(24)}`;
    const risky = await find(`riskState eq 'atRisk' and ${lastDay}`);
    expect(new Set(risky.map((row) => row.riskLevelAggregated))).toEqual(new Set(['medium', 'high']));
    expect(
      (await find(`flaggedForReview eq true and riskState eq 'none' and ${lastDay}`)).length,
    ).toBeGreaterThan(3);
  });

  test('every story has a sentence for the guide', () => {
    expect(TENANT.stories.length).toBe(12);
    expect(TENANT.stories.filter((story) => !/^[\p{Lu}"].*\.$/u.test(story.what))).toEqual([]);
  });
});
