import { PEOPLE, TENANT_ID } from './people.ts';
import { randomFrom } from './random.ts';
import { republish } from './republish.ts';
import { ROLE_ASSIGNMENTS, type RoleAssignment } from './roles.ts';
import type { Row } from './row.ts';
import { STORIES } from './stories/all.ts';
import { DAY, MINUTE, type Story } from './stories/story.ts';
import { createUsers, type DirectoryUser } from './users.ts';

/** A pretend Entra tenant: a company with a month of sign-ins. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly users: readonly DirectoryUser[];
  /** Newest first; versions of one sign-in stand in the order in which they were published. */
  readonly signIns: readonly Row[];
  readonly roleAssignments: readonly RoleAssignment[];
  readonly stories: readonly Omit<Story, 'tell'>[];
}

/** How long the log keeps a sign-in. */
const RETENTION = 30 * DAY;

/**
 * Makes the tenant. The same seed and time give the same tenant, to the byte.
 * @param options.now milliseconds since 1970; the log ends minutes before it.
 */
export const createTenant = ({ seed, now }: { seed: number; now: number }): Tenant => {
  const users = createUsers(seed);
  const user = (signInName: string): DirectoryUser => {
    const found = users.find((candidate) => candidate.signInName === signInName);
    if (found === undefined) throw new Error(`Nobody is called ${signInName}`);
    return found;
  };
  // A second account is not used for everyday work.
  const workers = users.filter(({ id }) => id !== PEOPLE.analystAdmin.oid);
  const told = STORIES.flatMap((story) =>
    story.tell({ now, users: workers, user, random: randomFrom(seed, story.name) }),
  );
  const kept = told.filter((row) => isKept(row, now));
  return {
    id: TENANT_ID,
    name: 'Contoso',
    users,
    signIns: newestFirst(republish(kept, randomFrom(seed, 'republish'))),
    roleAssignments: ROLE_ASSIGNMENTS,
    stories: STORIES.map(({ name, what }) => ({ name, what })),
  };
};

const timeOf = (row: Row): number => Date.parse(row.createdDateTime);

const isKept = (row: Row, now: number): boolean =>
  timeOf(row) >= now - RETENTION + MINUTE && timeOf(row) <= now - MINUTE;

// Sorting is stable, so versions of one sign-in keep their order.
const newestFirst = (rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({ row, time: timeOf(row) }))
    .sort((one, other) => other.time - one.time)
    .map(({ row }) => row);
