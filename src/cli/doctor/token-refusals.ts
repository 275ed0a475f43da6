/** Whose token was refused, as whoever mends it has to name it. */
export interface Refused {
  readonly appId: string;
  readonly tenantId: string;
  /** The variable that holds the application id. */
  readonly appVariable: string;
  /** The variable that holds the secret, certificate or assertion. */
  readonly proofVariable: string;
}

interface Words {
  readonly what: string;
  readonly mend: (refused: Refused) => string;
}

const newSecret = ({ appId, proofVariable }: Refused): string =>
  `Make a new one with \`az ad app credential reset --id ${appId} --append\`, and put what it prints as password into ${proofVariable}.`;

const trust = ({ appId }: Refused): string =>
  `Compare issuer, subject and audience with \`az ad app federated-credential list --id ${appId}\`.`;

const otherTenant = ({ tenantId }: Refused): string =>
  `Compare MicrosoftAppTenantId (${tenantId}) with \`az account show --query tenantId\`, and look whether CLOUD names the right cloud.`;

/**
 * What the login says no to, by the number of its AADSTS code. Source: Microsoft's list of error codes; those on
 * federated credentials from its page on workload identities.
 */
const WORDS: Readonly<Record<string, Words>> = {
  7000215: {
    what: 'The client secret is wrong.',
    mend: (refused) => `It must be the value of the secret, not its id. ${newSecret(refused)}`,
  },
  7000222: { what: 'The client secret has expired.', mend: newSecret },
  7000218: { what: 'The login got no client secret.', mend: newSecret },
  700016: {
    what: 'The tenant does not know the application.',
    mend: ({ appId, appVariable }) =>
      `Look with \`az ad app show --id ${appId}\` whether ${appVariable} and MicrosoftAppTenantId belong together.`,
  },
  7000229: {
    what: 'The application has no service principal in the tenant.',
    mend: ({ appId }) => `Make one: \`az ad sp create --id ${appId}\`.`,
  },
  7000112: {
    what: 'The application is disabled.',
    mend: ({ appId }) =>
      `Find out who disabled it; then \`az ad sp update --id ${appId} --set accountEnabled=true\`.`,
  },
  90002: { what: 'There is no such tenant.', mend: otherTenant },
  900023: { what: 'The tenant id is not one.', mend: otherTenant },
  700027: {
    what: 'The certificate is not one of the application.',
    mend: ({ appId, proofVariable }) =>
      `Add its public half with \`az ad app credential reset --id ${appId} --append --cert @public.pem\`, or put the right one into ${proofVariable}.`,
  },
  700024: {
    what: 'The proof that this machine signed is out of its time.',
    mend: () => 'Set the clock of this machine right: `timedatectl set-ntp true`.',
  },
  70021: { what: 'No federated credential of the application fits.', mend: trust },
  700211: { what: 'No federated credential of the application has this issuer.', mend: trust },
  700212: { what: 'No federated credential of the application has this audience.', mend: trust },
  700213: { what: 'No federated credential of the application has this subject.', mend: trust },
  53003: {
    what: 'A Conditional Access policy keeps the application out.',
    mend: () => 'Have an administrator exclude the application from the policy for workload identities.',
  },
  500011: {
    what: 'The service that the token is for is not in the tenant.',
    mend: () => 'Look whether CLOUD names the cloud of this tenant.',
  },
};

/** What a refusal means and what mends it; of the login's own words only the code is repeated. */
export const explainRefusal = (
  code: string,
  refused: Refused,
): { readonly what: string; readonly mend: string } => {
  const words = WORDS[code];
  if (words) return { what: `${words.what.replace(/\.$/, '')} (AADSTS${code}).`, mend: words.mend(refused) };
  return {
    what: `The login refused with AADSTS${code}.`,
    mend: `Read what it means at https://login.microsoftonline.com/error?code=${code}.`,
  };
};
