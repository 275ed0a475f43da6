/** The search in Teams' compose box: the manifest declares it, and what Teams sends names it by these words. */
export const SIGN_IN_SEARCH = {
  commandId: 'searchSignIns',
  parameter: 'search',
  title: 'Search sign-ins',
  description: 'Finds sign-ins, and puts the summary of the one you pick into this chat.',
  parameterTitle: 'Sign-ins',
  parameterDescription:
    'A question, such as "flagged for user@contoso.com", or a user, an address or a request id.',
} as const;
