/** One thing that goes wrong with a request of the bot. */
export interface Fault {
  /** An HTTP status, or the connection torn. */
  readonly answer: 400 | 403 | 404 | 412 | 413 | 429 | 500 | 501 | 502 | 503 | 504 | 'cut';
  /** Seconds, sent as Retry-After. */
  readonly retryAfter?: number;
  /** Whether the request was carried out all the same: the bot cannot know. */
  readonly carriedOut?: boolean;
  /** How many requests it hits; 1 when absent. */
  readonly times?: number;
  /** Only messages for one person, or only the opening of a personal chat. */
  readonly about?: 'targeted' | 'new-chat';
  /** Only requests with this method. */
  readonly method?: 'POST' | 'PUT' | 'DELETE' | 'GET';
}

/** Faults that wait for the requests they hit, first come first served. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The fault that hits a request now, if any. */
  take(method: string, about: 'targeted' | 'new-chat' | 'other'): Fault | undefined {
    const hit = this.#waiting.find(
      ({ fault }) =>
        (fault.method === undefined || fault.method === method) &&
        (fault.about === undefined || fault.about === about),
    );
    if (hit === undefined) return undefined;
    hit.left -= 1;
    if (hit.left === 0) this.#waiting.splice(this.#waiting.indexOf(hit), 1);
    return hit.fault;
  }
}
