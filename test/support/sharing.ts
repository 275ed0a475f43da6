import type { Ports, Settings } from '../../src/bot/ports.ts';

const never = (): never => {
  throw new Error('Nothing is shared here.');
};

/** Nothing is left out anywhere. */
export const NO_REDACTIONS: Settings['redactions'] = {
  conversations: new Map(),
  kinds: { personal: [], group: [], channel: [], extension: [] },
};

/** Where no incident is known and nothing is ever shared. */
export const NO_SHARING: Pick<Ports, 'shares' | 'sharePosts' | 'incidents'> = {
  shares: { create: never, find: async () => undefined, verify: async () => undefined },
  sharePosts: {
    due: async () => [],
    begin: never,
    posted: never,
    later: never,
    giveUp: never,
    drop: never,
    stateOf: never,
  },
  incidents: {
    declare: never,
    find: async () => undefined,
    in: async () => undefined,
    list: async () => [],
    timeline: async () => [],
  },
};
