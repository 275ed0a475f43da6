import { actionFormCard } from './action-form.ts';
import { headlineOf } from './answer-words.ts';
import { approvalCard } from './approval.ts';
import { approvalListCard, waitingOf } from './approval-list.ts';
import { statusOf, titleOf } from './approval-status.ts';
import type { AdaptiveCard } from './card.ts';
import { helpCard } from './help.ts';
import { noticeCard, saidOf } from './notice.ts';
import { problemCard } from './problem.ts';
import { shareCard } from './share.ts';
import { shareFormCard } from './share-form.ts';
import { shareTitle } from './share-words.ts';
import { detailsCard } from './sign-in-details.ts';
import { signInPage } from './sign-in-list.ts';
import { timelineCard } from './timeline.ts';
import type { View } from './view.ts';
import { workingCard } from './working.ts';

/** The card of a view: valid Adaptive Cards 1.5, at most 28 KB as UTF-16, no text of the tenant as Markdown. */
export const render = (view: View): AdaptiveCard => {
  switch (view.card) {
    case 'sign-in-list':
      return signInPage(view).card;
    case 'sign-in-details':
      return detailsCard(view);
    case 'help':
      return helpCard(view);
    case 'problem':
      return problemCard(view);
    case 'working':
      return workingCard(view);
    case 'action-form':
      return actionFormCard(view);
    case 'approval':
      return approvalCard(view);
    case 'approval-list':
      return approvalListCard(view);
    case 'notice':
      return noticeCard(view);
    case 'timeline':
      return timelineCard(view);
    case 'share':
      return shareCard(view);
    case 'share-form':
      return shareFormCard(view);
  }
};

/** A title of our own words and numbers; no user name goes without an @, and names of people stand in no title. */
const OURS = /^[\w\s#/'(),.:-]{1,80}$/;

/** What a notification says about the view: its first line, without names, addresses or what was typed. */
export const summaryOf = (view: View): string => {
  switch (view.card) {
    case 'sign-in-list':
      return headlineOf(view.answer);
    case 'sign-in-details':
      return 'Details of a sign-in';
    case 'help':
      return OURS.test(view.title) ? view.title : 'An answer from Flagman';
    case 'problem':
      return 'Flagman could not do this, and says why';
    case 'working':
      return 'Asking Microsoft Graph …';
    case 'action-form':
      return 'A form to ask for a change';
    case 'approval':
      return `${titleOf(view.approval)} · ${statusOf(view.approval, 'UTC', view.now).text}`;
    case 'approval-list':
      return waitingOf(view);
    case 'notice':
      return saidOf(view).text;
    case 'timeline':
      return `Timeline of ${view.name}`;
    case 'share':
      return shareTitle(view.share);
    case 'share-form':
      return 'A form to share sign-ins';
  }
};
