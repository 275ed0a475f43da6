import type { AdaptiveCard } from '../cards/card.ts';
import type { Upload } from '../entra/inbound.ts';
import type { FileOffer } from './doors.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const FILE = 'application/vnd.microsoft.teams.card.file.info';

/** A card as a message; the summary is what notifications show. */
export const cardMessage = (card: AdaptiveCard, summary: string) => ({
  type: 'message',
  summary,
  // No text beside the card: Teams would split the two and give no id back.
  attachments: [{ contentType: CARD, content: card }],
});

/** The question whether a file may be put into the person's OneDrive. */
export const consentMessage = ({ offer, name, description, size }: FileOffer) => ({
  type: 'message',
  summary: `A file: ${name}`,
  attachments: [
    {
      contentType: CONSENT,
      name,
      content: { description, sizeInBytes: size, acceptContext: { offer }, declineContext: { offer } },
    },
  ],
});

/** A file that stands in the person's OneDrive. */
export const fileMessage = (name: string, { contentUrl, uniqueId, fileType }: Upload) => ({
  type: 'message',
  summary: `A file: ${name}`,
  attachments: [{ contentType: FILE, name, contentUrl, content: { uniqueId, fileType } }],
});
