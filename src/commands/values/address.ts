import ipaddr from 'ipaddr.js';
import type { Condition } from '../../entra/condition.ts';
import type { Phrase } from '../clauses/clause.ts';
import type { Token } from '../language/tokens.ts';
import { type Problem, placeOf, sayings } from '../problem.ts';
import type { Item } from './list.ts';

/** An address, a beginning of one, or a range, as a condition; `note` when it was rewritten. */
export interface Address {
  readonly condition: Condition;
  readonly note?: string;
}

/** What is wrong with an address, and what one looks like. */
export const badAddress = (token: Token, why: string, instead: readonly string[] = []): Problem => ({
  problem: 'bad-address',
  what: `"${token.text}" is not an IP address.`,
  why,
  next: 'Type an address (203.0.113.7), a range (203.0.113.0/24) or a beginning (203.0.113.*).',
  suggestions: sayings(...instead),
  at: placeOf(token, token),
});

const count = (text: string, character: string): number => text.split(character).length - 1;

const DIGITS = /^[\d.*]+$/;
const HEXADECIMAL = /^[\da-f:.*]+$/;

/** Whether somebody meant an address here: dots between digits, or colons between hexadecimal digits. */
const resemblesAddress = ({ text }: Token): boolean => {
  const [host = ''] = text.toLowerCase().split(/[/%]/, 1);
  if (host.length > 60) return false;
  if (DIGITS.test(host)) return count(host, '.') >= 2 && /^\d/.test(host);
  const open = host.includes('::') || host.endsWith(':*');
  return HEXADECIMAL.test(host) && (open || count(host, ':') > 3);
};

const equal = (value: string): Condition => ({ op: 'eq', property: 'ipAddress', value });

const starting = (value: string): Address => ({
  condition: { op: 'startswith', property: 'ipAddress', value },
});

const isOctet = (text: string): boolean => /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255;

/** "203.0.113", "203.0.*", "203.0.113.": whole octets, so that 203.0.11 does not find 203.0.113.7. */
const prefix = (token: Token): Address | Problem => {
  const text = token.text.toLowerCase();
  if (text.includes(':')) {
    const head = text.replace(/\*$/, '');
    return /^(?:[\da-f]{1,4}:)+:?$/.test(head)
      ? starting(head)
      : badAddress(token, 'A beginning ends with a colon.');
  }
  const octets = text.replace(/[.*]+$/, '').split('.');
  if (octets.length > 3 || !octets.every(isOctet)) {
    return badAddress(token, 'A beginning is one to three numbers from 0 to 255 without leading zeros.');
  }
  return starting(`${octets.join('.')}.`);
};

const range = (token: Token): Address | Problem => {
  const [network = '', bits = ''] = token.text.toLowerCase().split('/');
  const exact = parse(network);
  const most = exact?.kind() === 'ipv6' ? 128 : 32;
  if (exact === undefined) return badAddress(token, 'The part before the slash is not an address.');
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > most) {
    return badAddress(token, `The number after the slash goes from 0 to ${most}.`);
  }
  return { condition: { op: 'within', range: `${exact.toString()}/${bits}` } };
};

/** Strictly four decimal numbers, or IPv6 without a zone: the shapes that the log has. */
const parse = (text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text)
    ? ipaddr.IPv6.parse(text)
    : undefined;
};

const whole = (token: Token): Address | Problem => {
  const address = parse(token.text.toLowerCase());
  if (address === undefined) {
    return badAddress(token, 'It is neither four numbers from 0 to 255 nor an IPv6 address without a zone.');
  }
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    const plain = address.toIPv4Address().toString();
    return badAddress(token, `It is ${plain} in the clothes of IPv6; the log has the plain form.`, [
      `sign-ins from ${plain}`,
    ]);
  }
  const written = address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
  return written === token.text.toLowerCase()
    ? { condition: equal(written) }
    : { condition: equal(written), note: `${token.text} was asked for as ${written}.` };
};

const read = (token: Token, prefixed: boolean): Address | Problem => {
  const text = token.text.toLowerCase();
  if (text.includes('/')) return range(token);
  const dots = count(text, '.');
  const open = text.includes('*') || (!text.includes(':') && dots < 3);
  return prefixed || open ? prefix(token) : whole(token);
};

/** Reads an address, a beginning ("203.0.113.*") or a range in CIDR form; undefined for other words. */
export const readAddress = (
  { tokens }: Phrase,
  at: number,
  prefixed = false,
): Item<Address> | Problem | undefined => {
  const token = tokens[at];
  if (
    token === undefined ||
    !(prefixed ? /^[\da-f]/.test(token.text.toLowerCase()) : resemblesAddress(token))
  ) {
    return undefined;
  }
  const address = read(token, prefixed);
  return 'problem' in address ? address : { value: address, next: at + 1 };
};
