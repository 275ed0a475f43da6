const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['#39', "'"],
  ['nbsp', ' '],
]);

/** `&amp;` and its like, each once: what a decoded one makes is not decoded again. */
const decodeEntities = (text: string): string =>
  text.replace(/&(#?[a-z0-9]{1,5});/g, (whole, name: string) => ENTITIES.get(name) ?? whole);

/** `<a href="…">user@contoso.com</a>`, `<at>Bob</at>`, `<b>`: only the text between the tags stays. */
const dropTags = (text: string): string => text.replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi, ' ');

/** `[user@contoso.com](mailto:user@contoso.com)`: Teams makes one of every address and domain. */
const unwrapMarkdown = (text: string): string =>
  text.replace(/\[([^[\]()]{1,400})\]\((?:mailto:|https?:)[^()\s]{0,400}\)/gi, '$1');

/** `203[.]0[.]113[.]7` and `user[@]contoso[.]com`: how analysts keep addresses from becoming links. */
const refang = (text: string): string => text.replace(/\[([.@:])\]/g, '$1');

/** Markup and links as chat clients and reports produce them, reduced to the words in them. */
export const unwrapLinks = (text: string): string => {
  let words = text;
  if (words.includes('<')) words = dropTags(words);
  if (words.includes('&')) words = decodeEntities(words);
  if (words.includes('[')) words = refang(unwrapMarkdown(words));
  return words.includes('mailto:') ? words.replaceAll('mailto:', '') : words;
};
