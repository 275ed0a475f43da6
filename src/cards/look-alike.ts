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
