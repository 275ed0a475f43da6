/** Whether a text names a PostgreSQL database rather than a file. */
export const isPostgresUrl = (text: string): boolean => /^postgres(?:ql)?:\/\//i.test(text);

/**
 * Whether a /, ? or # inside the user name or password ends them early, so that the rest of the password passes for
 * something that may be shown.
 */
export const isCutShort = (text: string): boolean =>
  isPostgresUrl(text) && /^[^:]+:\/\/[^/?#]*[/?#].*@/s.test(text);

/** The password inside the address of a database, as it was typed and as it is meant; none for anything else. */
export const passwordsIn = (text: string): readonly string[] => {
  if (!isPostgresUrl(text) || !URL.canParse(text)) return [];
  const { password, searchParams } = new URL(text);
  const typed = [password, searchParams.get('password') ?? ''].filter((one) => one !== '');
  return [...new Set([...typed, ...typed.map(decoded)])];
};

/** Whether what is said to that database could be read, or answered by another, on the way: no checked TLS. */
export const crossesInTheOpen = (text: string): boolean => {
  if (!isPostgresUrl(text) || !URL.canParse(text)) return false;
  const { hostname, searchParams } = new URL(text);
  const isHere = /^(?:|localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);
  return !isHere && searchParams.get('sslmode') !== 'verify-full';
};

/** The name of a store for people: a file's path, or a database's address without user, password and options. */
export const publicNameOf = (text: string): string => {
  if (!isPostgresUrl(text)) return text;
  if (isCutShort(text) || !URL.canParse(text)) return 'a PostgreSQL database';
  const { host, pathname } = new URL(text);
  return `postgres://${host}${pathname}`;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
