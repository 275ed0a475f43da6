import { pino } from 'pino';

/** Facts beside an event: ids and counts, never names or texts that people typed. */
export type Fields = Readonly<Record<string, unknown>>;

/** One JSON line an event. The event's name is stable (`auth.reject`), so that it can be searched and counted. */
export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

// What a secret looks like wherever it turns up: a private key, a JWT, an Authorization value, a key=value pair with a
// telling name.
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  /\b(?:client_secret|client_assertion|password|secret|access_token|refresh_token|id_token)["']?\s*[=:]\s*["']?[^\s"'&,}]+/gi,
];

/** The text with everything that looks like a secret taken out, and with the given known secrets taken out too. */
export const redact = (text: string, known: readonly string[] = []): string => {
  let clean = text;
  for (const secret of known) if (secret.length >= 4) clean = clean.replaceAll(secret, '[redacted]');
  for (const pattern of SECRETS) clean = clean.replace(pattern, '[redacted]');
  return clean;
};

/** Deeper than anything that is logged on purpose; what lies below is a slip and is left out. */
const DEEPEST = 4;

// Native modules make errors that are no instance of this realm's Error.
const isError = (value: object): value is Error =>
  value instanceof Error ||
  ('message' in value &&
    'stack' in value &&
    typeof value.message === 'string' &&
    typeof value.stack === 'string');

const cleanValue = (value: unknown, known: readonly string[], depth = 0): unknown => {
  if (typeof value === 'string') return redact(value, known);
  if (value === null || typeof value !== 'object') return value;
  if (isError(value)) {
    return {
      name: value.name,
      message: redact(value.message, known),
      stack: redact(value.stack ?? '', known),
    };
  }
  if (depth >= DEEPEST) return '[left out]';
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, known, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, cleanValue(item, known, depth + 1)]),
  );
};

interface LogOptions {
  readonly level: LogLevel;
  /** Values that must never appear, such as the bot's password. */
  readonly secrets?: readonly string[];
  /** Where lines go; standard output if absent. */
  readonly write?: (line: string) => void;
}

/** A log that writes one JSON line an event and takes out whatever looks like a secret. */
export const createLog = ({ level, secrets = [], write }: LogOptions): Log => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' };
  const out = write ? pino(options, { write }) : pino(options);
  const at =
    (name: Exclude<LogLevel, 'silent'>) =>
    (event: string, fields: Fields = {}): void => {
      if (out.isLevelEnabled(name)) out[name](cleanValue(fields, secrets), event);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
