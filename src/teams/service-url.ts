import { type Cloud, isLoopback } from '../entra/clouds.ts';

/**
 * Whether the bot may speak to this address: https, a host of the cloud's list exactly, no port, no user name. In
 * the local cloud: any address of this machine.
 */
export const isServiceUrl = (cloud: Cloud, address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (cloud.name === 'local') return /^https?:$/.test(url.protocol) && isLoopback(address);
  return url.protocol === 'https:' && cloud.serviceHosts.includes(url.host);
};
