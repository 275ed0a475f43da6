import type { Condition } from '../entra/condition.ts';
import type { Query } from '../entra/query.ts';
import type { Redaction, Snapshot } from '../entra/share.ts';
import type { SignIn } from '../entra/sign-in.ts';

const LEFT_OUT = 'left out';

/** Who signed in, under the name that the card gives them: the same one in every row of theirs. */
type Naming = (row: SignIn) => string | undefined;

/** "User A", "User B", …, "User Z", "User AA", … */
const letters = (index: number): string => {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${letters(Math.floor(index / 26) - 1)}${last}`;
};

const lower = (text: string | null | undefined): string | undefined => text?.toLowerCase() || undefined;

const namingOf = (rows: readonly SignIn[]): Naming => {
  // A row may lack the object id that another one gives for the same user name.
  const ids = new Map<string | undefined, string>();
  for (const { userPrincipalName, userId } of rows) {
    if (userPrincipalName && userId) ids.set(lower(userPrincipalName), userId.toLowerCase());
  }
  const keyOf = ({ userId, userPrincipalName, userDisplayName }: SignIn): string | undefined => {
    const name = lower(userPrincipalName);
    return lower(userId) ?? ids.get(name) ?? name ?? lower(userDisplayName);
  };
  const keys = [...new Set(rows.flatMap((row) => keyOf(row) ?? []))];
  return (row) => {
    const index = keys.indexOf(keyOf(row) ?? '');
    return index < 0 ? undefined : `User ${letters(index)}`;
  };
};

/** Shorter ones stand in any text by chance. */
const SHORTEST = 4;

/** What nobody may read, in lower case. Systems and browsers are as common as the words of any app's name. */
const secretsOf = (rows: readonly SignIn[], redacted: readonly Redaction[]): readonly string[] => {
  const kinds: Readonly<Record<Redaction, (row: SignIn) => readonly unknown[]>> = {
    user: (row) => [row.userId, row.userPrincipalName, row.userDisplayName],
    address: (row) => [row.ipAddress],
    device: (row) => [row.userAgent, row.deviceDetail?.deviceId, row.deviceDetail?.displayName],
  };
  const values = rows.flatMap((row) => redacted.flatMap((kind) => kinds[kind](row)));
  const texts = values.flatMap((value) => (typeof value === 'string' ? value.toLowerCase().trim() : []));
  return [...new Set(texts)].filter((text) => text.length >= SHORTEST);
};

type Text = string | null | undefined;

/** A text that quotes what nobody may read goes as a whole. */
const withoutSecrets =
  (secrets: readonly string[]) =>
  (text: Text): Text =>
    text && secrets.some((secret) => text.toLowerCase().includes(secret)) ? LEFT_OUT : text;

type Clean = ReturnType<typeof withoutSecrets>;

/** What a row of a card says of a sign-in. Anything else may hold a name or an address that nobody foresaw. */
const rowFacts = (row: SignIn, clean: Clean): SignIn => ({
  id: row.id,
  createdDateTime: row.createdDateTime,
  appId: row.appId,
  appDisplayName: clean(row.appDisplayName),
  servicePrincipalId: row.servicePrincipalId,
  servicePrincipalName: clean(row.servicePrincipalName),
  clientAppUsed: clean(row.clientAppUsed),
  autonomousSystemNumber: row.autonomousSystemNumber,
  signInEventTypes: row.signInEventTypes,
  riskState: row.riskState,
  riskDetail: row.riskDetail,
  riskLevelAggregated: row.riskLevelAggregated,
  riskLevelDuringSignIn: row.riskLevelDuringSignIn,
  riskEventTypes_v2: row.riskEventTypes_v2,
  flaggedForReview: row.flaggedForReview,
  // The texts beside the code name people, devices and addresses.
  status: row.status && { errorCode: row.status.errorCode },
  location: row.location && {
    city: clean(row.location.city),
    state: clean(row.location.state),
    countryOrRegion: clean(row.location.countryOrRegion),
  },
});

const userOf = (row: SignIn, clean: Clean): Partial<SignIn> => ({
  userId: row.userId,
  userPrincipalName: clean(row.userPrincipalName),
  userDisplayName: clean(row.userDisplayName),
});

const deviceOf = ({ userAgent, deviceDetail }: SignIn, clean: Clean): Partial<SignIn> => ({
  userAgent: clean(userAgent),
  deviceDetail: deviceDetail && { ...deviceDetail, displayName: clean(deviceDetail.displayName) },
});

/** The three kinds, each as it is or left out. */
const kindFacts = (
  row: SignIn,
  redacted: readonly Redaction[],
  clean: Clean,
  naming: Naming,
): Partial<SignIn> => ({
  ...(redacted.includes('user') ? { userPrincipalName: naming(row) } : userOf(row, clean)),
  ...(redacted.includes('device') ? {} : deviceOf(row, clean)),
  ipAddress: redacted.includes('address') && row.ipAddress ? LEFT_OUT : row.ipAddress,
});

/** What a question demands without a text of its own: the flag, a code, the kinds of sign-in. */
const wordless = (condition: Condition): readonly Condition[] => {
  switch (condition.op) {
    case 'eq':
      return typeof condition.value === 'string' ? [] : [condition];
    case 'any':
      return [condition];
    case 'and':
      return [{ ...condition, of: condition.of.flatMap(wordless) }];
    default:
      return [];
  }
};

const queryWithout = ({ otherwise: _asked, ...query }: Query): Query => ({
  ...query,
  where: query.where.flatMap(wordless),
});

/** Leaves out of a row what may not be read in any of these rows. */
const redactorOf = (rows: readonly SignIn[], redacted: readonly Redaction[]): ((row: SignIn) => SignIn) => {
  const naming = namingOf(rows);
  const clean = withoutSecrets(secretsOf(rows, redacted));
  return (row) => ({ ...rowFacts(row, clean), ...kindFacts(row, redacted, clean, naming) });
};

/** Sign-ins without what a place leaves out: in all of them together people stay apart as "User A" and "User B". */
export const redactRows = (rows: readonly SignIn[], redacted: readonly Redaction[]): readonly SignIn[] =>
  redacted.length === 0 ? rows : rows.map(redactorOf(rows, redacted));

/**
 * A snapshot without what a place leaves out, the same one where it leaves out nothing. Place, network and times stay.
 * What was asked, the filter, every free text and what no row of a card says go with the rest, for they can quote it.
 */
export const redact = (snapshot: Snapshot, redacted: readonly Redaction[]): Snapshot => {
  if (redacted.length === 0) return snapshot;
  const { answer } = snapshot;
  const redactRow = redactorOf(
    answer.rows.map(({ signIn }) => signIn),
    redacted,
  );
  const rows = answer.rows.map((found) => ({ ...found, signIn: redactRow(found.signIn) }));
  const query = queryWithout(answer.query);
  return {
    ...snapshot,
    asked: '',
    notes: [],
    answer: { ...answer, query, rows, filter: '', secondPass: [], notes: [] },
  };
};
