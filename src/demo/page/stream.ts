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

/** Asks the pretended Teams to do something for the person at the page. */
export const ask = async (wish: PageRequest): Promise<PageReply> => {
  try {
    const response = await fetch('/do', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    });
    return await response.json();
  } catch {
    return { conversationId: null, toast: 'The demo does not answer. Is it still running?' };
  }
};
