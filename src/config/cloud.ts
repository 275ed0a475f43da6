import { CLOUDS, type Cloud, isLoopback } from '../entra/clouds.ts';
import type { Reading } from './reading.ts';

const LOCAL_URLS = ['LOCAL_GRAPH_URL', 'LOCAL_OPENID_URL', 'LOCAL_LOGIN_URL'] as const;

/** Everything that `CLOUD=local` speaks to is on this machine, whatever its variables say. */
const readLocal = (reading: Reading): Cloud => {
  const graphUrl = reading.need('LOCAL_GRAPH_URL', 'with CLOUD=local');
  const botOpenIdUrl = reading.need('LOCAL_OPENID_URL', 'with CLOUD=local');
  const loginUrl = reading.take('LOCAL_LOGIN_URL');
  for (const [index, url] of [graphUrl, botOpenIdUrl, loginUrl].entries()) {
    if (url !== undefined && !isLoopback(url))
      reading.problems.push(`${LOCAL_URLS[index]} must be a loopback address.`);
  }
  if (loginUrl?.startsWith('http:')) reading.problems.push('LOCAL_LOGIN_URL must begin with https.');
  return {
    ...CLOUDS.global,
    name: 'local',
    graphUrl: graphUrl ?? '',
    loginUrl: loginUrl ?? '',
    botOpenIdUrl: botOpenIdUrl ?? '',
    serviceHosts: ['127.0.0.1', 'localhost', '[::1]'],
  };
};

/** Reads which cloud this is; problems are added to the reading, and without a known one there is none. */
export const readCloud = (reading: Reading): Cloud | undefined => {
  const name = reading.take('CLOUD');
  if (name === undefined) return undefined;
  if (name === 'local') return readLocal(reading);
  for (const url of LOCAL_URLS) reading.forbid(url, `unless CLOUD is local, and it is ${name}`);
  return CLOUDS[name];
};
