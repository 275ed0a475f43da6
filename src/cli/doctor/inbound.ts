import { type Found, fine, wrong } from './finding.ts';

/**
 * Whether what Teams sends could be verified.
 *
 * @param ready whether usable keys were fetched
 * @param openIdUrl where they are named
 */
export const inboundFindings = (ready: boolean, openIdUrl: string): readonly Found[] =>
  ready
    ? [fine('The keys with which Teams signs can be fetched.')]
    : [
        wrong(
          `The keys with which Teams signs cannot be fetched, so every message would be refused (${openIdUrl}).`,
          'Let this machine reach that host on port 443, and look whether CLOUD names the right cloud.',
        ),
      ];
