import type { Approval } from '../../actions/approval.ts';
import type { HelpView } from '../../cards/view.ts';
import type { Asker } from '../asker.ts';
import type { Ports } from '../ports.ts';
import { APPROVALS, nameOf, timeOf } from './problem.ts';

/** What takes the place of the form once the request is on its way. */
export const asked = ({ number, expiresAt }: Approval): HelpView => ({
  card: 'help',
  isGeneral: true,
  title: `${nameOf({ number })} was asked for`,
  paragraphs: [`It can be decided until ${timeOf(expiresAt)}. Its card shows how it stands.`],
  sections: [],
  suggestions: [{ title: `Show ${nameOf({ number })}`, say: `show ${nameOf({ number })}` }, APPROVALS],
});

/** Whether somebody but the requester comes across the card of a request. */
export const isSeenByOthers = async (
  { store }: Pick<Ports, 'store'>,
  { place }: Asker,
  { alsoIn }: Approval,
): Promise<boolean> =>
  place.kind !== 'personal' || (alsoIn !== undefined && (await store.places.find(alsoIn)) !== undefined);

const whyAlone = ({ alsoIn }: Approval): string =>
  alsoIn === undefined
    ? 'Nobody else reads this chat'
    : 'Nobody else has seen it, because I was never in the conversation where requests are posted';

/** What is said in a personal chat, where nobody who may decide comes across the card. */
export const askedAlone = (approval: Approval): HelpView => ({
  ...asked(approval),
  paragraphs: [
    ...asked(approval).paragraphs,
    `${whyAlone(approval)}, so tell whoever decides: they write "${nameOf(approval)}" to me, and decide there.`,
  ],
});
