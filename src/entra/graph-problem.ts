/** What kind of refusal or failure Graph answered with. */
export const GRAPH_PROBLEMS = [
  'no-licence',
  'permission-missing',
  'directory-permission-missing',
  'denied',
  'feature-not-licensed',
  'invalid-filter',
  'skip-token',
  'not-risky',
  'too-many-results',
  'advanced-query',
  'not-found',
  'throttled',
  'gateway-timeout',
  'token-rejected',
  'claims-required',
  'conflict',
  'not-applicable',
  'unreachable',
  'timeout',
  'not-json',
  'wrong-shape',
  'foreign-link',
  'looping-link',
  'server-error',
  'other',
] as const;

export type GraphProblemKind = (typeof GRAPH_PROBLEMS)[number];

/** A refusal or failure of Graph, with the ids that support asks for; never a token, a body, or words of Graph. */
export interface GraphProblem {
  readonly kind: GraphProblemKind;
  readonly status?: number;
  readonly code?: string;
  /** A remark of our own, for the log. */
  readonly message?: string;
  /** The permission that Graph says is missing. */
  readonly permission?: string;
  readonly requestId?: string;
  readonly clientRequestId?: string;
  readonly date?: string;
  /** Seconds that Graph asked to wait. */
  readonly retryAfter?: number;
}

/** Nothing at all could be read. */
export class GraphFailure extends Error {
  readonly problem: GraphProblem;

  constructor(problem: GraphProblem) {
    super(`Graph: ${problem.kind}${problem.status === undefined ? '' : ` (${problem.status})`}`);
    this.name = 'GraphFailure';
    this.problem = problem;
  }
}

/** Codes that stand for one cause, whatever the message. Source: Microsoft's error pages and issue threads. */
const CODES: ReadonlyMap<string, GraphProblemKind> = new Map([
  ['Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'no-licence'],
  ['Authentication_MSGraphPermissionMissing', 'permission-missing'],
  ['Authentication_ApplicationHasNoReadAuditLogDataAccess', 'permission-missing'],
  ['Authentication_ApplicationHasNoDirectoryReadAccess', 'directory-permission-missing'],
  ['Authorization_RequestDenied', 'denied'],
  ['insufficient_claims', 'claims-required'],
  ['Directory_ResultSizeLimitExceeded', 'too-many-results'],
  ['Directory_ConcurrencyViolation', 'conflict'],
  ['DirectoryPageTokenNotFoundException', 'skip-token'],
  ['Request_UnsupportedQuery', 'advanced-query'],
  ['Request_ResourceNotFound', 'not-found'],
  ['InvalidAuthenticationToken', 'token-rejected'],
]);

/** One code, several causes: only here does the message decide. */
const MESSAGES: readonly {
  readonly status: number;
  readonly says: RegExp;
  readonly kind: GraphProblemKind;
}[] = [
  { status: 400, says: /skip ?token/i, kind: 'skip-token' },
  { status: 400, says: /not risky/i, kind: 'not-risky' },
  { status: 400, says: /not applicable to target tenant/i, kind: 'not-applicable' },
  { status: 400, says: /filter/i, kind: 'invalid-filter' },
  { status: 403, says: /not licensed/i, kind: 'feature-not-licensed' },
];

const byStatus = (status: number): GraphProblemKind => {
  switch (status) {
    case 401:
      return 'token-rejected';
    case 403:
      return 'denied';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    default:
      return status >= 500 ? 'server-error' : 'other';
  }
};

/**
 * Sorts an error answer of Graph: by HTTP status and `error.code`, and by the message only where one code stands
 * for several causes. Throttling and gateway time-outs go by status alone, for their codes vary.
 */
export const classifyGraphProblem = (
  status: number,
  code: string | undefined,
  message: string | undefined,
): GraphProblemKind => {
  if (status === 429) return 'throttled';
  if (status === 504) return 'gateway-timeout';
  const known = CODES.get(code ?? '');
  if (known) return known;
  const said = message?.slice(0, 1000) ?? '';
  return MESSAGES.find((rule) => rule.status === status && rule.says.test(said))?.kind ?? byStatus(status);
};
