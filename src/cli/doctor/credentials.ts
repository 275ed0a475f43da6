import { type Found, fine, nothingToCheck, wrong } from './finding.ts';
import type { TokenAnswer, TokenClaims } from './token.ts';
import { type Asking, explainTokenFault } from './token-faults.ts';
import { explainRefusal } from './token-refusals.ts';

/** For whom a token is asked, and what it must say. */
export interface Wanted extends Asking {
  /** Audiences of which the token must name one. */
  readonly audiences: readonly string[];
}

/** Microsoft Graph's own application id, the same in every cloud: some tokens name it instead of Graph's address. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

const same = (one: string, other: string): boolean =>
  one.toLowerCase().replace(/\/$/, '') === other.toLowerCase().replace(/\/$/, '');

const mistakesIn = (claims: TokenClaims, wanted: Wanted): readonly Found[] => {
  const found: Found[] = [];
  if (!wanted.audiences.some((audience) => same(audience, claims.audience)))
    found.push(
      wrong('The token is for another service.', 'Look whether CLOUD names the cloud of this tenant.'),
    );
  if (!same(claims.tenantId, wanted.tenantId))
    found.push(
      wrong('The token is of another tenant.', `MicrosoftAppTenantId must be the tenant of ${wanted.appId}.`),
    );
  if (!same(claims.appId, wanted.appId))
    found.push(
      wrong(
        'The token is of another application.',
        `Look at ${wanted.appVariable} and ${wanted.proofVariable}.`,
      ),
    );
  return found;
};

const NO_FILE =
  'Let the account of Flagman read it. Kubernetes puts it there for a pod with the label azure.workload.identity/use: "true".';

/** What an answer of the login says about a credential. */
export const credentialFindings = (answer: TokenAnswer, wanted: Wanted): readonly Found[] => {
  const { appId } = wanted;
  switch (answer.kind) {
    case 'token': {
      if (!answer.claims) return [fine(`A token was given to ${appId}; it says nothing of itself.`)];
      const mistakes = mistakesIn(answer.claims, wanted);
      return mistakes.length > 0 ? mistakes : [fine(`A token was given to ${appId}.`)];
    }
    case 'refused': {
      const { what, mend } = explainRefusal(answer.code, wanted);
      return [wrong(what, mend)];
    }
    case 'failed': {
      const { what, mend } = explainTokenFault(answer.fault, wanted, answer.status);
      return [wrong(what, mend)];
    }
    case 'no-file':
      return [wrong(answer.message, NO_FILE)];
    case 'fixed':
      return [nothingToCheck('with CLOUD=local, and no LOCAL_LOGIN_URL, a fixed text stands for a token')];
  }
};
