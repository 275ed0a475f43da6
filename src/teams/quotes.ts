import type { Spoken } from './activity.ts';

// Where each quoted message stood in the text. Nobody can type one: Teams sends a typed "<" as an entity.
const MARK = /<quoted messageId="[^"<>]*"\s*\/>/g;

// Teams' markup of a quote begins so; the rest of it holds a cut copy of the quoted text.
const QUOTE = /<blockquote\s[^<>]{0,1000}>/gi;
const REPLY = /\sitemtype="http:\/\/schema\.skype\.com\/Reply"/i;
const ID = /\sitemid="([^"]{1,1000})"/i;

const quotedInMarkup = (markup: string): string | undefined =>
  ID.exec(markup.match(QUOTE)?.find((tag) => REPLY.test(tag)) ?? '')?.[1];

/**
 * The id of the message that this one quotes, the first if there are several. Chats have no threads, so this is how
 * people reply there; newer clients name it in an entity, all of them in the markup that comes as an attachment.
 */
export const quotedIn = ({ entities = [], attachments = [] }: Spoken): string | undefined =>
  entities.find(({ quotedReply }) => quotedReply)?.quotedReply?.messageId ??
  attachments.map(({ content }) => content && quotedInMarkup(content)).find(Boolean);

/** The text without the marks that stand for quoted messages. */
export const withoutQuotes = (text: string): string => text.replaceAll(MARK, ' ');
