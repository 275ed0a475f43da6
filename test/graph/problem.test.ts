import { describe, expect, test } from '@jest/globals';
import { NOW, refusal } from './support/scripted.ts';
import { PERSON, problemFrom, question, world } from './support/world.ts';

describe('errors of Graph', () => {
  test('keep the ids that support asks for, in either spelling, or from the headers', async () => {
    const ids = { 'request-id': 'r-2', 'client-request-id': 'c-2', date: 'd-2' };
    const lower = await world(() => ({
      status: 400,
      json: { error: { code: 'x', message: 'm', innererror: ids } },
    }));
    expect(await problemFrom(lower.graph.readSignIns(question(), PERSON))).toEqual({
      kind: 'other',
      status: 400,
      code: 'x',
      requestId: 'r-2',
      clientRequestId: 'c-2',
      date: 'd-2',
    });
    const headers = { 'request-id': 'r-3', 'client-request-id': 'c-3' };
    const bare = await world(() => ({
      status: 400,
      headers,
      json: { error: { code: 5, innerError: 'odd' } },
    }));
    expect(await problemFrom(bare.graph.readSignIns(question(), PERSON))).toEqual({
      kind: 'other',
      status: 400,
      requestId: 'r-3',
      clientRequestId: 'c-3',
      date: new Date(NOW).toUTCString(),
    });
  });

  test('H171: nothing of an error’s text is kept but the permission that it names', async () => {
    const said = 'Token canary-1 lacks AuditLog.Read.All for canary-2.';
    const code = 'Authentication_MSGraphPermissionMissing';
    const { graph } = await world(() => refusal(403, code, said));
    const problem = await problemFrom(graph.readSignIns(question(), PERSON));
    expect(problem).toMatchObject({ kind: 'permission-missing', permission: 'AuditLog.Read.All' });
    expect(JSON.stringify(problem)).not.toMatch(/canary/);
    const odd = await world(() => refusal(400, 'no code: canary-3', 'canary-4'));
    expect(JSON.stringify(await problemFrom(odd.graph.readSignIns(question(), PERSON)))).not.toMatch(
      /canary/,
    );
  });

  test.each(['request-id', 'client-request-id', 'date'])(
    'H171: a %s that is none is not kept',
    async (name) => {
      const token = `eyJhbGciOiJSUzI1NiJ9.${'canary'.repeat(20)}.c2ln`;
      for (const said of [token, `canary="${token}"`, 'canary'.repeat(20)]) {
        const inner = { [name]: said };
        const { graph } = await world(() => ({ status: 500, json: { error: { innerError: inner } } }));
        expect(JSON.stringify(await problemFrom(graph.readSignIns(question(), PERSON)))).not.toMatch(
          /canary/,
        );
        const headers = { [name]: said };
        const bare = await world(() => ({ status: 500, headers, json: {} }));
        expect(JSON.stringify(await problemFrom(bare.graph.readSignIns(question(), PERSON)))).not.toMatch(
          /canary/,
        );
      }
    },
  );
});
