import { isLoopback } from '../entra/clouds.ts';

/** Longer than any link that Graph makes; a longer one is somebody's attack or accident. */
const LONGEST_LINK = 16 * 1024;

/**
 * Whether a URL may be given a token: absolute, of exactly the configured origin, without user info, and over TLS
 * unless Graph itself is configured on this machine. The URL is parsed by the same rules as `fetch` does.
 */
export const isGraphUrl = (url: string, graphUrl: string): boolean => {
  if (url.length > LONGEST_LINK || !URL.canParse(url)) return false;
  const { origin, protocol, username, password } = new URL(url);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(graphUrl));
  return isSafe && origin === new URL(graphUrl).origin && username === '' && password === '';
};
