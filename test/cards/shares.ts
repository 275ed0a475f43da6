import type { ShareFormView, ShareView } from '../../src/cards/view.ts';
import type { Incident } from '../../src/entra/incident.ts';
import type { Share } from '../../src/entra/share.ts';
import { ANALYST } from './approvals.ts';
import { share, snapshot, THREAD } from './timelines.ts';
import { NOW } from './views.ts';

export const incident = (name: string): Incident => ({
  name,
  conversationId: THREAD,
  at: NOW,
  by: ANALYST,
});

export const shareView = (change: Partial<Share> = {}, view: Partial<ShareView> = {}): ShareView => ({
  card: 'share',
  share: share(change),
  zone: 'Europe/Oslo',
  ...view,
});

/** The same, once the facts were erased. */
export const erasedView = (): ShareView => {
  const { snapshot: _erased, ...left } = share();
  return { card: 'share', share: left, zone: 'Europe/Oslo' };
};

/** The same, once somebody changed in the database what was shared, by whom, for what and where. */
export const editedView = (): ShareView => {
  const { snapshot: _changed, ...left } = share({ by: { id: 'mallory', name: 'Аna' }, incident: 'INC-999' });
  return { card: 'share', share: { ...left, isEdited: true }, zone: 'Europe/Oslo' };
};

export const shareFormView = (view: Partial<ShareFormView> = {}): ShareFormView => ({
  card: 'share-form',
  snapshot: snapshot(),
  resultId: '3f1d0c9a-74f3-4cf5-9a57-0f6a0f6b8a11',
  first: 0,
  incidents: [incident('INC-204'), incident('SEC-7')],
  zone: 'Europe/Oslo',
  ...view,
});
