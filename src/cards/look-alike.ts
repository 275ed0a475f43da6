import type { Target } from '../actions/approval.ts';
import { confusable, showText } from '../lib/text.ts';

type Named = string | null | undefined;

/** Warns of a user name whose letters only look like another one's, with what it seems to say in ASCII. */
export const lookAlikeUser = (upn: Named): string[] => {
  const seeming = upn ? confusable(upn) : undefined;
  if (seeming === undefined) return [];
  const [name, ascii] = [showText(upn, 72), showText(seeming, 72)];
  return [`Letters of another alphabet make ${name} look like ${ascii}. It is not that user.`];
};

/** The same for a display name, which is only a label in any case. */
export const lookAlikeName = (displayName: Named): string[] => {
  const seeming = displayName ? confusable(displayName) : undefined;
  if (seeming === undefined) return [];
  const [name, ascii] = [showText(displayName, 40), showText(seeming, 40)];
  return [`Letters of another alphabet make the name “${name}” look like “${ascii}”. Go by the object id.`];
};

const ALL_OF = new Intl.ListFormat('en');

/** The same for the targets of an approval: each name once, and which of several sign-ins bear it. */
export const lookAlikeTargets = (targets: readonly Target[]): string[] => {
  const found = targets.flatMap(({ signIn }, index) =>
    lookAlikeUser(signIn.userPrincipalName).map((warning) => ({ warning, row: String(index + 1) })),
  );
  return [...Map.groupBy(found, ({ warning }) => warning)].map(([warning, rows]) => {
    const which = ALL_OF.format(rows.map(({ row }) => row));
    return targets.length === 1
      ? warning
      : `${rows.length === 1 ? 'Sign-in' : 'Sign-ins'} ${which}: ${warning}`;
  });
};
