import { type Found, fine, notChecked, wrong } from './finding.ts';
import type { TokenAnswer, TokenClaims } from './token.ts';
import { explainRefusal, type Refused } from './token-refusals.ts';

/** For whom a token is asked, and what it must say. */
export interface Wanted extends Refused {
  /** Audiences of which the token must name one. */
  readonly audiences: readonly string[];
  /** The authority, for people. */
  readonly loginUrl: string;
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

/** What an answer of the login says about a credential. */
export const credentialFindings = (answer: TokenAnswer, wanted: Wanted): readonly Found[] => {
  const { appId, loginUrl, proofVariable } = wanted;
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
    case 'untrusted':
      return [
        wrong(
          `The certificate of ${loginUrl} is not trusted here.`,
          'If a proxy of yours opens TLS, name its authority in NODE_EXTRA_CA_CERTS; else somebody is in between.',
        ),
      ];
    case 'unreachable':
      return [
        wrong(
          `${loginUrl} cannot be reached.`,
          'Let this machine reach it on port 443 (firewall, DNS, proxy).',
        ),
      ];
    case 'unavailable':
      return [
        wrong(
          'There is no managed identity on this machine.',
          `Assign the identity ${appId} to the machine or container app, or set MicrosoftAppType=SingleTenant and ${proofVariable}.`,
        ),
      ];
    case 'fixed':
      return [notChecked('with CLOUD=local, and no LOCAL_LOGIN_URL, a fixed text stands for a token')];
  }
};
