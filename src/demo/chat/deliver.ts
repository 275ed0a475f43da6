import { parseJson } from '../http.ts';
import type { Activity } from './activity.ts';
import type { Keys } from './keys.ts';

/** How long a turn may take and how often it is sent again, with the same id, when it takes longer. */
export interface Patience {
  /** Milliseconds. */
  readonly turn: number;
  readonly resends: number;
}

/** Teams gives a turn 15 s, then sends it again. */
export const TEAMS_PATIENCE: Patience = { turn: 15_000, resends: 1 };

/** How the bot answered on HTTP; 504 when it was silent, 502 when it was not there. */
export interface Delivery {
  readonly status: number;
  /** Parsed JSON, or null where there is none. */
  readonly body: unknown;
}

/** Where activities go and how they are signed. */
export interface Line {
  readonly botUrl: string;
  readonly appId: string;
  readonly serviceUrl: string;
  readonly keys: Keys;
  readonly patience: Patience;
}

const post = async (activity: Activity, line: Line, token: string): Promise<Delivery | 'silent'> => {
  try {
    const response = await fetch(new URL('/api/messages', line.botUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(line.patience.turn),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return 'silent';
    return { status: 502, body: null };
  }
};

/** Sends an activity to the bot, signed, and sends it again when the turn takes too long. */
export const deliver = async (activity: Activity, line: Line): Promise<Delivery> => {
  const token = await line.keys.signActivity({ appId: line.appId, serviceUrl: line.serviceUrl });
  for (let attempt = 0; attempt <= line.patience.resends; attempt += 1) {
    const delivery = await post(activity, line, token);
    if (delivery !== 'silent') return delivery;
  }
  return { status: 504, body: null };
};
