import type { ProblemView, View } from './view.ts';

// A user name, an address, or what begins like one. That the hour of a time is taken for one does no harm.
const NAMES = /@|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[\da-f]{0,4}:){2}/i;

/** What points at typed words repeats them, and they may name somebody; so may what could be meant by them. */
const names = ({ what, why, next, pointer, suggestions }: ProblemView): boolean =>
  pointer !== undefined ||
  [what, why, next, ...suggestions.flatMap(({ title, say }) => [title, say])].some((text) =>
    NAMES.test(text),
  );

/**
 * Whether a view tells of people, so that it need not be read by everybody in a channel. Whatever is not known to be
 * general is taken to. Cards of requests, shares and incidents are for everybody in the conversation that they belong to,
 * and nowhere else.
 */
export const isForAskerAlone = (view: View, belongsHere: boolean): boolean => {
  switch (view.card) {
    case 'sign-in-list':
    case 'sign-in-details':
    case 'action-form':
    case 'approval-list':
    case 'share-form':
      return true;
    case 'help':
      return view.isGeneral !== true || view.back !== undefined;
    case 'problem':
      return names(view);
    case 'approval':
    case 'share':
    case 'timeline':
      return !belongsHere;
    case 'notice':
    case 'working':
      return false;
  }
};
