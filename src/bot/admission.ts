import { BriefMap } from '../lib/brief-map.ts';

/** Answer it; say once that there were too many; or keep quiet. */
export type Admission = 'answer' | 'say-too-many' | 'ignore';

const MINUTE_MS = 60_000;

/** People counted at once; more than ever talk in one minute. */
const COUNTED_AT_ONCE = 10_000;

/**
 * A limit per person, so that one of them cannot take the tenant's Graph budget from the others.
 * Counts in whole minutes: the count starts again when a minute has passed since its first message.
 */
export const admissionOf = (perMinute: number): ((personId: string, now: number) => Admission) => {
  const counts = new BriefMap<string, { readonly since: number; count: number }>(COUNTED_AT_ONCE);
  return (personId, now) => {
    const known = counts.get(personId);
    if (!known || now - known.since >= MINUTE_MS) {
      counts.set(personId, { since: now, count: 1 });
      return 'answer';
    }
    known.count += 1;
    if (known.count <= perMinute) return 'answer';
    return known.count === perMinute + 1 ? 'say-too-many' : 'ignore';
  };
};
