import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { problemOf } from '../../graph/problem.ts';
import { readAll } from '../../lib/read-all.ts';
import { type Found, fine, notChecked, warning, wrong } from './finding.ts';
import { type GraphFault, graphFault } from './graph-words.ts';
import { PERMISSION_OF_SIGN_INS } from './permissions.ts';
import { tlsFaultOf } from './tls.ts';

/** What one small question about sign-ins came to. */
export interface GraphAnswer {
  /** Undefined: it was answered. */
  readonly problem: GraphFault | undefined;
  /** Whether a sign-in came back whose risk Graph hides; undefined where none came. */
  readonly hidesRisk: boolean | undefined;
  /** The `Date` header, where an answer came. */
  readonly date: string | undefined;
}

const MAX_BYTES = 1024 * 1024;

const PAUSE_MS = 500;

const SignIns = z.object({ value: z.array(z.looseObject({ riskLevelAggregated: z.string().nullish() })) });

const Refusal = z.object({ error: z.object({ code: z.string() }) });

const failed = (kind: GraphFault['kind'], date?: string): GraphAnswer => ({
  problem: { kind },
  hidesRisk: undefined,
  date,
});

const readAnswer = (response: Response, body: string): GraphAnswer => {
  const date = response.headers.get('date') ?? undefined;
  const refused = { problem: problemOf(response, body, Date.now()), hidesRisk: undefined, date };
  if (!response.ok) return refused;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return failed('not-json', date);
  }
  const { data } = SignIns.safeParse(parsed);
  if (!data) return Refusal.safeParse(parsed).success ? refused : failed('wrong-shape', date);
  const [first] = data.value;
  return { problem: undefined, hidesRisk: first && first.riskLevelAggregated === 'hidden', date };
};

const Cause = z.object({ cause: z.object({ code: z.string() }) });

/** Why nothing came; Node keeps the code of the network in the cause of what it throws. */
const faultOf = (error: unknown): GraphFault['kind'] => {
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout';
  return tlsFaultOf(Cause.safeParse(error).data?.cause.code ?? '') ?? 'unreachable';
};

const askOnce = async (graphUrl: string, token: string, timeoutMs: number): Promise<GraphAnswer> => {
  try {
    const response = await fetch(`${graphUrl}/beta/auditLogs/signIns?$top=1`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = await readAll(response.body ?? [], MAX_BYTES);
    return readAnswer(response, bytes?.toString('utf8') ?? '');
  } catch (error) {
    return failed(faultOf(error));
  }
};

/**
 * Asks Graph for one sign-in, of which nothing is shown. A missing licence is asked about twice: now and then Graph
 * says so by mistake.
 */
export const askGraph = async (graphUrl: string, token: string, timeoutMs: number): Promise<GraphAnswer> => {
  const answer = await askOnce(graphUrl, token, timeoutMs);
  if (answer.problem?.kind !== 'no-licence') return answer;
  await pause(PAUSE_MS);
  return askOnce(graphUrl, token, timeoutMs);
};

/** Problems that say something of the licence, not of Graph. */
const OF_LICENCE: ReadonlySet<GraphFault['kind']> = new Set(['no-licence', 'feature-not-licensed']);

/** Problems that end when a permission is given. */
const OF_PERMISSION: ReadonlySet<GraphFault['kind']> = new Set(['permission-missing', 'denied']);

/**
 * Whether Graph answers.
 *
 * @param roles the permissions that the token names; undefined where it is none that can be read
 */
export const graphFindings = (
  { problem }: GraphAnswer,
  roles: readonly string[] | undefined,
): readonly Found[] => {
  if (!problem) return [fine('It answers a question about sign-ins.')];
  if (OF_LICENCE.has(problem.kind)) return [fine('It answers, though not about sign-ins.')];
  if (OF_PERMISSION.has(problem.kind) && roles && !roles.includes(PERMISSION_OF_SIGN_INS))
    return [notChecked(`${PERMISSION_OF_SIGN_INS} is missing`)];
  return [graphFault(problem)];
};

/** What Graph's answer says of the tenant's licence. */
export const licenceFindings = ({ problem, hidesRisk }: GraphAnswer): readonly Found[] => {
  if (problem && !OF_LICENCE.has(problem.kind)) return [notChecked('Graph did not answer the question')];
  if (problem)
    return [
      wrong(
        'Graph says twice that the tenant lacks Microsoft Entra ID P1 or P2, so it shows no sign-ins.',
        'Buy or assign Microsoft Entra ID P1 or P2; risk levels need P2.',
      ),
    ];
  if (hidesRisk)
    return [
      warning(
        'The tenant may read sign-ins, but Graph hides their risk.',
        'Risk levels need Microsoft Entra ID P2; with P1 questions about risk find nothing.',
      ),
    ];
  return [fine('The tenant may read sign-ins.')];
};
