import type { Token } from './tokens.ts';

/** Words that people put between the ones that matter. None of them narrows, widens or turns a meaning. */
const FILLERS = new Set(
  (
    'plz thx show me list find get give display print fetch pull bring search look up check see view return query ' +
    'please pls plz thanks thank thx ty cheers asap urgent urgently quickly kindly just only also too then so ok okay hey hi hello flagman bot ' +
    'can could would will should you we i want need like to know let tell us our have has had having do does did done ' +
    'is are was were be been being there any some all each every the a an this that these those which what who whom ' +
    'where when how many much number count amount ' +
    'of for from in into on onto at by with via using through as about regarding concerning and or & plus but ' +
    'it its their his her your ' +
    'events event entries entry records record logs log rows row results result items item data report reports ' +
    'user account users accounts person people tenant org organisation organization company entra azure ad aad ' +
    'machine machines device devices computer computers laptop laptops phone phones host hosts pc pcs ' +
    'attack attacks attempt detected seen shown currently ever happened happening occurred recorded seen made came coming come during ' +
    'address location time times date status type kind due because caused against tried trying attempted ' +
    'marked got get gets went ending ended ends whose mailto still again more both anyone anybody someone somebody anywhere everywhere used uses located based originating onwards onward ' +
    'anything something things stuff access accessed accesses & - | / + ->'
  ).split(' '),
);

const EMOJI = /^\p{Extended_Pictographic}/u;

/** Whether the word may be left out without changing the question. */
export const isFiller = (token: Token | undefined): boolean =>
  token !== undefined && !token.quoted && (FILLERS.has(token.lower) || EMOJI.test(token.text));

/** Words of politeness that may stand before a command. */
const POLITE = new Set(
  'i please pls plz thanks thx ty asap can could would you hey hi hello ok okay flagman bot so now'.split(
    ' ',
  ),
);

/** Index of the first token from this one on that is not mere politeness. */
export const pastPolite = (tokens: readonly Token[], at: number): number => {
  const found = tokens.findIndex(({ lower, quoted }, index) => index >= at && (quoted || !POLITE.has(lower)));
  return found < 0 ? tokens.length : found;
};

/** Index of the first word that is not mere politeness; 0 where there is no other. */
export const skipPolite = (tokens: readonly Token[]): number => {
  const first = pastPolite(tokens, 0);
  return first < tokens.length ? first : 0;
};

/** Whether nothing but politeness is left from this token on. */
export const isPoliteEnd = (tokens: readonly Token[], at: number): boolean =>
  pastPolite(tokens, at) >= tokens.length;
