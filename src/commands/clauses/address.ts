import type { Condition } from '../../entra/condition.ts';
import { wordAt } from '../language/tokens.ts';
import { wordsIn } from '../language/words-in.ts';
import { isProblem } from '../problem.ts';
import { type Address, badAddress, readAddress } from '../values/address.ts';
import { skipArticles } from '../values/articles.ts';
import { type List, readList } from '../values/list.ts';
import { missing } from '../values/missing.ts';
import { skipStarting } from '../values/name.ts';
import type { Clause, ClauseReading, Phrase } from './clause.ts';

const matchOf = ({ values, next }: List<Address>): ClauseReading => ({
  next,
  topic: 'address',
  either: values.map(({ condition }): Condition => condition),
  notes: values.flatMap(({ note }) => note ?? []),
});

/** Addresses, beginnings and ranges in a list; `prefixed` when they were announced as beginnings. */
export const readAddresses = (phrase: Phrase, at: number, prefixed = false): ClauseReading => {
  const list = readList(phrase, at, (same, from) => readAddress(same, from, prefixed));
  return list === undefined || isProblem(list) ? list : matchOf(list);
};

/** "from 203.0.113.7": an address that needs no word before it. */
export const address: Clause = {
  name: 'address',
  doc: 'The IP address, the beginning of one, or a range.',
  examples: [
    'sign-ins from 203.0.113.7',
    'sign-ins from 203.0.113.0/24 last 24h',
    'sign-ins from 203.0.113.*',
  ],
  words: ['from', 'in', 'within', 'by', 'via', 'at', 'on', 'to', 'using'],
  read: (phrase, at) => readAddresses(phrase, skipArticles(phrase, at)),
  bare: (phrase, at) => readAddresses(phrase, at),
};

const PREFIXED = new Set(['ip prefix', 'address prefix', 'ips like', 'ip like']);

/** "IP 203.0.113.7", "IP prefix 203.0.": an address announced as one. */
export const ip: Clause = {
  name: 'ip',
  variant: true,
  doc: 'The IP address, announced as one; "IP prefix" takes the beginning of an address.',
  examples: ['sign-ins from IP 203.0.113.7', 'sign-ins from IP prefix 203.0 last 24h'],
  words: [
    ...wordsIn(`
      ip, ips, ip address, ipaddress, ip addresses, ipv4, ipv6, address, addresses, source ip
    `),
    ...['ip range', 'range', 'subnet', 'network', 'cidr', 'client ip', ...PREFIXED],
  ],
  read: (phrase, at, said) => {
    const start = skipArticles(phrase, at);
    const value = skipStarting(phrase, start);
    const found = readAddresses(phrase, value, value > start || PREFIXED.has(said));
    if (found !== undefined) return found;
    const token = phrase.tokens[value];
    if (token === undefined || phrase.begins(value)) {
      return missing(phrase, at, 'an address', 'sign-ins from 203.0.113.7');
    }
    return badAddress(token, 'It is neither four numbers from 0 to 255 nor IPv6.');
  },
};

/** "ASN 8075": the network that an address belongs to; tested on the rows. */
export const network: Clause = {
  name: 'asn',
  doc: 'The autonomous system that the address belongs to; Flagman tests it itself.',
  examples: ['sign-ins for user@contoso.com from ASN 8075'],
  words: ['asn', 'as number', 'autonomous system', 'autonomous system number'],
  read: (phrase, at) => {
    const list = readList(phrase, skipArticles(phrase, at), ({ tokens }, from) => {
      const number = systemNumber(wordAt(tokens, from));
      return number === undefined ? undefined : { value: number, next: from + 1 };
    });
    if (list === undefined || isProblem(list))
      return missing(phrase, at, 'a number', 'sign-ins from ASN 8075 today');
    return {
      next: list.next,
      topic: 'network',
      either: list.values.map((value) => ({ op: 'eq', property: 'autonomousSystemNumber', value })),
    };
  },
  bare: ({ tokens }, at) => {
    const lower = wordAt(tokens, at);
    const value = /^as\d/.test(lower) ? systemNumber(lower) : undefined;
    return value === undefined
      ? undefined
      : { next: at + 1, topic: 'network', either: [{ op: 'eq', property: 'autonomousSystemNumber', value }] };
  },
};

/** "8075" or "AS8075"; the numbers have 32 bits. */
const systemNumber = (text: string): number | undefined => {
  const number = /^(?:as)?([1-9]\d{0,9})$/.exec(text)?.[1];
  return number !== undefined && Number(number) < 2 ** 32 ? Number(number) : undefined;
};
