import type { EntraState, EntraWish } from '../chat/entra-wire.ts';
import type { PageEvent, PageReply, PageRequest } from '../chat/wire.ts';

/** Opens the live updates as one person; answers how to end them. The browser reconnects by itself. */
export const openStream = (
  personId: string | null,
  onEvent: (event: PageEvent) => void,
  onLoss: () => void,
): (() => void) => {
  const source = new EventSource(
    personId === null ? '/events' : `/events?as=${encodeURIComponent(personId)}`,
  );
  source.onmessage = ({ data }) => onEvent(JSON.parse(data));
  source.onerror = onLoss;
  return () => source.close();
};

const post = (path: string, wish: unknown): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });

/** Asks the pretended Teams to do something for the person at the page. */
export const ask = async (wish: PageRequest): Promise<PageReply> => {
  try {
    return await (await post('/do', wish)).json();
  } catch {
    return { conversationId: null, toast: 'The demo does not answer. Is it still running?' };
  }
};

/** How the pretended Microsoft Entra ID stands, after a change if one is wished; null when it does not answer. */
export const askEntra = async (wish?: EntraWish): Promise<EntraState | null> => {
  try {
    return await (await (wish === undefined ? fetch('/demo/entra') : post('/demo/entra', wish))).json();
  } catch {
    return null;
  }
};
