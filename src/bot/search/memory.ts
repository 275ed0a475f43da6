import type { KeptAnswer } from '../../entra/kept-answer.ts';
import type { Query, SignInAnswer } from '../../entra/query.ts';
import { BriefMap } from '../../lib/brief-map.ts';
import { answerFrom } from './known.ts';

/** An answer that somebody was shown in the compose box. */
export interface Known {
  readonly personId: string;
  readonly result: KeptAnswer;
  /** When it was there, epoch milliseconds. */
  readonly at: number;
  /** Keys of the questions that were answered from it and stand in the ledger. */
  readonly recorded: Set<string>;
}

/** What a known answer says about a question. */
export interface Recalled {
  readonly known: Known;
  readonly answer: SignInAnswer;
}

/** How long one may go on typing over an answer before Graph is asked anew. */
const KEPT_MS = 60_000;

/** Rows that are kept at once; the store's own memory holds most of them anyway. */
const ROOM = 20_000;

/** How many lists of recent answers are remembered to stand in the ledger. */
const OPENED_AT_ONCE = 1_000;

/** What people were shown in the compose box within the last minute; nobody is answered from what others saw. */
export class SearchMemory {
  /** The oldest first. */
  #known: readonly Known[] = [];
  readonly #opened = new BriefMap<string, number>(OPENED_AT_ONCE);

  keep(known: Known): void {
    let room = ROOM;
    const fresh = [...this.#known, known].filter(({ at }) => known.at - at < KEPT_MS);
    // The newest stays however large it is.
    const fits = fresh.toReversed().filter((one, index) => {
      room -= one.result.answer.rows.length + 1;
      return index === 0 || room >= 0;
    });
    this.#known = fits.toReversed();
  }

  /** Remembers that this list of recent answers was shown, and stands in the ledger. */
  opened(key: string, now: number): void {
    this.#opened.set(key, now);
  }

  wasOpened(key: string, now: number): boolean {
    const at = this.#opened.get(key);
    return at !== undefined && now - at < KEPT_MS;
  }

  /** What is known of a question, by the newest answer that says something about it. */
  recall(personId: string, asked: Query, now: number): Recalled | undefined {
    for (const known of this.#known.toReversed()) {
      if (known.personId !== personId || now - known.at >= KEPT_MS) continue;
      const answer = answerFrom(known.result.answer, asked, now);
      if (answer) return { known, answer };
    }
    return undefined;
  }
}
