import { render } from '../../src/cards/render.ts';
import type { SignInListView } from '../../src/cards/view.ts';
import { createTenant } from '../../src/demo/tenant/tenant.ts';
import { SignIn } from '../../src/entra/sign-in.ts';
import { answerWith } from '../support/answer.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

const view = (): SignInListView => {
  const signIns = createTenant({ seed: 7, now: NOW }).signIns.flatMap((row) => {
    const parsed = SignIn.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  return {
    card: 'sign-in-list',
    answer: answerWith(signIns.slice(0, 500)),
    asked: 'sign-ins today',
    notes: [],
    first: 0,
    resultId: 'bench',
    zone: 'Europe/Oslo',
    now: NOW,
  };
};

/** Milliseconds that rendering a card of ten rows takes: the median over pages of different rows. */
export const benchCards = (): { readonly millisecondsPerTenRowCard: number } => {
  const list = view();
  const times: number[] = [];
  for (let card = 0; card < 1_000; card += 1) {
    const start = performance.now();
    render({ ...list, first: (card % 49) * 10 });
    times.push(performance.now() - start);
  }
  const warm = times.slice(200).sort((a, b) => a - b);
  return { millisecondsPerTenRowCard: warm[Math.floor(warm.length / 2)] ?? Number.NaN };
};
