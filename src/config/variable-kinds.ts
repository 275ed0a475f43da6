import { z } from 'zod';
import { certifiedFault } from '../lib/certified.ts';
import { isCutShort, isPostgresUrl } from '../lib/postgres-url.ts';

// How the text of a variable is read. Messages complete a sentence that begins with the variable's name.

/** A GUID, in lower case. */
export const guid = z.guid('must be a GUID').transform((id) => id.toLowerCase());
/** Text with something in it. */
export const text = z.string().trim().min(1, 'must not be empty');

/** A whole number in decimal digits. */
export const whole = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

/** One of some names. */
export const oneOf = <const Names extends readonly [string, ...string[]]>(
  names: Names,
): z.ZodType<Names[number], string> => z.enum(names, `must be one of ${names.join(', ')}`);

/** GUIDs with commas between them, in lower case. */
export const guids = z
  .string()
  .transform((list) => list.split(',').map((id) => id.trim().toLowerCase()))
  .refine(
    (list) => list.every((id) => z.guid().safeParse(id).success),
    'must be role ids (GUIDs) separated by commas',
  );

/** The id of a Teams conversation. */
export const conversation = z
  .string()
  .regex(/^[\x21-\x7e]{1,512}$/, 'must be a conversation id, such as 19:…@thread.tacv2');

/** An absolute URL without a slash at its end. */
export const url = z
  .url('must be an absolute URL')
  .refine((address) => URL.canParse(address) && new URL(address).username === '', 'must hold no user name')
  .transform((address) => address.replace(/\/+$/, ''));

/** Where the store is: the path of a SQLite file, or the URL of a PostgreSQL database. */
export const data = text
  .refine(
    (where) => isPostgresUrl(where) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(where),
    'must be the path of a SQLite file or a postgres:// URL',
  )
  .refine(
    (where) => !isCutShort(where),
    'must be written with %2F, %3F, %23 and %40 for /, ?, # and @ in its user name and password',
  )
  .refine(
    (where) => !isPostgresUrl(where) || (URL.canParse(where) && new URL(where).pathname.length > 1),
    'must name a database: postgres://user@host/database',
  );

/** A certificate with its private key, of the only kind that Entra ID takes. */
export const certificate = z.string().superRefine((pem, context) => {
  const message = certifiedFault(pem);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const bytesOf = (text: string): Buffer =>
  /^(?:[\da-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');

const isKey = (text: string): boolean => /^[\w+/-]+={0,2}$/.test(text) && bytesOf(text).length >= 32;

/** A secret of at least 32 bytes, as hexadecimal digits or base64. */
export const key = text
  .refine(isKey, 'must be at least 32 random bytes as hexadecimal digits or base64')
  .transform(bytesOf);

/** What stands between commas; nothing where there is nothing at all. */
export const partsOf = (list: string): string[] =>
  list.trim() === '' ? [] : list.split(',').map((part) => part.trim());

/** Several of them, or none yet. */
export const keys = z
  .string()
  .transform(partsOf)
  .refine((parts) => parts.every(isKey), 'must be keys like LEDGER_KEY, separated by commas')
  .transform((parts) => parts.map(bytesOf));
