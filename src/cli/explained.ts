import { isChange, type ReadContext, type Wish } from '../commands/command.ts';
import { isProblem, type Problem } from '../commands/problem.ts';
import { readPhrase } from '../commands/read.ts';
import { CLOUDS } from '../entra/clouds.ts';
import { compile } from '../graph/compile.ts';
import { GRAPH_SETTINGS } from '../graph/settings.ts';

/** A phrase that was understood. Without a question (help, for one) there is no filter and no window. */
export interface Understood {
  readonly phrase: string;
  readonly ok: true;
  readonly command: string;
  /** The literal translation: no default window, no clipping. */
  readonly filter: string | null;
  /** The decoded `$filter` that Graph would get first. */
  readonly sent: string | null;
  readonly url: string | null;
  readonly window: { readonly from: string; readonly to: string; readonly why: string } | null;
  readonly secondPass: readonly string[];
  readonly notes: readonly string[];
}

/** A phrase that asks for a change or decides about one: nothing is asked, and nobody is checked here. */
export interface Wished extends Understood {
  readonly kind: 'change';
  readonly wish: Wish;
}

/** A phrase that was not. */
export interface NotUnderstood {
  readonly phrase: string;
  readonly ok: false;
  readonly error: { readonly code: string; readonly message: string; readonly suggestion: string };
}

const NOTHING = { filter: null, sent: null, url: null, window: null, secondPass: [] } as const;

const notUnderstood = (
  phrase: string,
  { problem, what, why, next, suggestions }: Problem,
): NotUnderstood => ({
  phrase,
  ok: false,
  error: { code: problem, message: `${what} ${why} ${next}`, suggestion: suggestions[0]?.say ?? next },
});

/** What a phrase means and what Graph would be asked, with the settings that a tenant has by default. */
export const explained = (phrase: string, context: ReadContext): Understood | Wished | NotUnderstood => {
  const call = readPhrase(phrase, context);
  if (isProblem(call)) return notUnderstood(phrase, call);
  const command = call.command.name;
  if (isChange(call))
    return { phrase, ok: true, kind: 'change', command, wish: call.wish, ...NOTHING, notes: call.notes };
  if (!call.query) return { phrase, ok: true, command, ...NOTHING, notes: call.notes };
  const [first] = compile(call.query, {
    ...GRAPH_SETTINGS,
    now: context.now,
    graphUrl: CLOUDS.global.graphUrl,
  });
  return {
    phrase,
    ok: true,
    command,
    filter: first.literal,
    sent: first.sent,
    url: first.url,
    window: first.window,
    secondPass: first.secondPass,
    notes: [...call.notes, ...first.windowNotes, ...first.notes],
  };
};
