import { z } from 'zod';
import { replaceHidden } from '../lib/text.ts';
import type { Manifest } from './manifest.ts';

const atMost = (most: number, what: string): z.ZodString =>
  z.string().min(1, `${what} must not be empty.`).max(most, `${what} must have at most ${most} characters.`);

const HIDDEN = 'must not hold line breaks, or characters that are hidden or turn text around.';

const isPlain = (text: string): boolean => replaceHidden(text, () => '') === text;

/** What people read in Teams before they trust the app. */
const called = (most: number, what: string): z.ZodString =>
  atMost(most, what).refine(isPlain, `${what} ${HIDDEN}`);

const application = z
  .guid('The application id must be a GUID.')
  .refine((id) => !/^[0-]+$/.test(id), 'The application id must be that of a bot, not all zeros.');

const userOf = (url: string): string => {
  const { username, password } = new URL(url);
  return username + password;
};

const address = (what: string) =>
  z
    .url({
      protocol: /^https$/,
      error: `${what} must be an address that begins with https://`,
      abort: true,
    })
    .refine((url) => userOf(url) === '', `${what} must name no user and no password.`)
    .max(2048, `${what} must have at most 2048 characters.`);

// What an address is read as leaves out line breaks and tabs, so these are looked for before.
const page = (what: string) =>
  z
    .string()
    .refine((text) => !/\s/.test(text), `${what} must not hold blanks.`)
    .refine(isPlain, `${what} ${HIDDEN}`)
    .pipe(address(what));

const list = z.object({
  commands: z
    .array(
      z.object({ title: atMost(32, 'A title'), description: atMost(128, 'A description') }),
      'Each list names its commands.',
    )
    .max(12, 'A list must have at most 12 commands.'),
});

/** What Teams demands of a manifest, where an owner or a declaration could break it. */
const Rules = z
  .object({
    id: application,
    version: z
      .string()
      .regex(/^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){2}$/, 'The version must be three numbers, such as 1.2.0.')
      .refine((version) => version !== '0.0.0', 'The version must be more than 0.0.0.'),
    developer: z.object({
      name: called(32, 'The name of the developer'),
      websiteUrl: page('The website'),
      privacyUrl: page('The privacy statement'),
      termsOfUseUrl: page('The page with the terms of use'),
    }),
    name: z.object({ short: called(30, 'The name'), full: atMost(100, 'The full name') }),
    description: z.object({
      short: atMost(80, 'The short description'),
      full: atMost(4000, 'The description'),
    }),
    bots: z.tuple([z.object({ botId: application, commandLists: z.array(list).max(3) })]),
    composeExtensions: z.tuple([z.object({ botId: application })]),
  })
  .refine(
    ({ id, bots, composeExtensions }) => id === bots[0].botId && id === composeExtensions[0].botId,
    'App, bot and search must name one application.',
  );

/** What Teams would refuse of a manifest, one sentence each; none where it is fine. */
export const manifestFaults = (manifest: Manifest): readonly string[] => {
  const { error } = Rules.safeParse(manifest);
  return [...new Set(error?.issues.map(({ message }) => message))];
};
