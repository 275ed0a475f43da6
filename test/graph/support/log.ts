import { wireRow } from './rows.ts';
import type { Seen } from './scripted.ts';
import { NOW } from './world.ts';

/** The request id of the sign-in with this number. */
export const id = (number: number): string =>
  `00000000-0000-0000-0000-0000000000${String(number).padStart(2, '0')}`;

/** The sign-in with this number, so many minutes old. */
export const row = (number: number, changes: Readonly<Record<string, unknown>> = {}) =>
  wireRow({ id: id(number), createdDateTime: new Date(NOW - number * 60_000).toISOString(), ...changes });

/** The numbers of an answer's sign-ins, in their order. */
export const numbersOf = ({
  rows,
}: {
  readonly rows: readonly { readonly signIn: { readonly id: string } }[];
}): readonly number[] => rows.map(({ signIn }) => Number(signIn.id.slice(-2)));

/** The link to the page with this number. */
export const linkTo = (root: string, page: number): string =>
  `${root}/beta/auditLogs/signIns?$skiptoken=${page}`;

/** Which page was asked for, from 1. */
export const pageOf = ({ query }: Seen): number => Number(query.get('$skiptoken') ?? 1);
