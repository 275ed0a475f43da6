import type { Place } from '../entra/place.ts';

/** What is known about a question and its asker at the moment of deciding. */
export interface Facts {
  /** `reader`: needs a role that may read sign-ins; `nothing`: open to everybody of the tenant. */
  readonly needs: 'nothing' | 'reader';
  /** Whether the question is about the asker alone. */
  readonly aboutMe: boolean;
  readonly place: Place['kind'];
  /** Role template ids that the asker holds tenant-wide now; undefined when they could not be read. */
  readonly roles: readonly string[] | undefined;
  /** Role template ids that may read. */
  readonly readerRoles: readonly string[];
}

/** Yes, or the reason why not. */
export type Decision =
  | { readonly permitted: true }
  | { readonly permitted: false; readonly why: 'role-needed' | 'roles-unknown' | 'personal-chat-only' };

const refuse = (why: 'role-needed' | 'roles-unknown' | 'personal-chat-only'): Decision => ({
  permitted: false,
  why,
});

/** Whether the decision depends on the asker's roles, so that they have to be read. */
export const needsRoles = ({ needs, aboutMe, place }: Omit<Facts, 'roles' | 'readerRoles'>): boolean =>
  needs === 'reader' && !(aboutMe && place === 'personal');

/**
 * Whether this person may have this answer in this place. Everything it depends on comes in; in doubt it refuses.
 */
export const authorize = (facts: Facts): Decision => {
  if (!needsRoles(facts)) return { permitted: true };
  if (facts.roles === undefined) return refuse('roles-unknown');
  if (facts.roles.some((role) => facts.readerRoles.includes(role))) return { permitted: true };
  return refuse(facts.aboutMe ? 'personal-chat-only' : 'role-needed');
};
