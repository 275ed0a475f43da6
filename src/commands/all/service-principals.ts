import type { Condition } from '../../entra/condition.ts';
import { anyOf, eq, startswith } from '../clauses/conditions.ts';
import { wordsIn } from '../language/words-in.ts';
import { question } from '../question/question.ts';
import { readGuid } from '../values/guid.ts';
import { type Name, readName } from '../values/name.ts';

const SERVICE = anyOf('signInEventTypes', 'servicePrincipal');

const named = ({ text, prefix }: Name): Condition =>
  prefix ? startswith('servicePrincipalName', text) : eq('servicePrincipalName', text);

/** Sign-ins of apps in their own name. */
export const servicePrincipals = question({
  name: 'service principal sign-ins',
  summary: 'Sign-ins of apps in their own name, without a user.',
  examples: [
    'service principal sign-ins last 1h',
    'service principal sign-ins for app 11111111-2222-3333-4444-555555555555 today',
    'service principal "Backup Job" sign-ins today',
  ],
  details: ['Name one with quotes, or by its id: service principal id 26be570a-ae82-4189-b4e2-a37c6808512d.'],
  listed: false,
  words: wordsIn(`
    service principal, service principals, service principal id, service principal name,
    service principal named, service principal called, serviceprincipal, app-only, sp,
    workload identity, workload identities
  `),
  means: (phrase, at, said) => {
    const all = { next: at, topic: 'event type', either: [SERVICE] } as const;
    const id = readGuid(phrase, at);
    if (id !== undefined && 'problem' in id) return id;
    if (id !== undefined) return { ...all, next: id.next, must: [eq('servicePrincipalId', id.value)] };
    const announced = said.endsWith('named') || said.endsWith('name') || said.endsWith('called');
    const name = announced || phrase.tokens[at]?.quoted ? readName(phrase, at) : undefined;
    return name === undefined ? all : { ...all, next: name.next, must: [named(name.value)] };
  },
});
