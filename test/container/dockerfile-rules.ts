import { execForm, healthCommand, readDockerfile, type Stage, textsOf } from './dockerfile.ts';

type Rule = (stages: readonly Stage[]) => readonly string[];

const lastOf = (stages: readonly Stage[]): Stage => stages.at(-1) ?? { image: '', instructions: [] };

const all = (stages: readonly Stage[], name: string): readonly string[] =>
  stages.flatMap((stage) => textsOf(stage, name));

/** A version to its last figure, or the digest of the very bytes. */
export const isPinned = (image: string): boolean =>
  /@sha256:[\da-f]{64}$/.test(image) || /^[\w./-]+:\d+\.\d+(\.\d+)?(-[a-z]+)*$/.test(image);

const SECRET = /pass|secret|key|token|credential|^data$/i;

const BUILD_TOOL =
  /\b(npm|npx|yarn|corepack|apt(-get)?|apk|gcc|g\+\+|make|python\d?|build-essential|node-gyp)\b/;

/** Whether a stage ends with modes by which everybody may read what it holds. */
const isReadable = (stages: readonly Stage[], name: string | undefined): boolean => {
  const made = stages.find(({ alias }) => alias !== undefined && alias === name)?.instructions.at(-1);
  return made?.name === 'RUN' && made.text === 'chmod -R u=rwX,go=rX .';
};

const RULES: readonly Rule[] = [
  (stages) =>
    stages
      .filter(({ image }) => !isPinned(image) && !stages.some(({ alias }) => alias === image))
      .map(({ image }) => `FROM ${image} is not pinned.`),
  (stages) =>
    textsOf(lastOf(stages), 'RUN')
      .filter((text) => !text.startsWith('rm ') && BUILD_TOOL.test(text))
      .map((text) => `The last stage builds: ${text}`),
  (stages) => {
    const user = textsOf(lastOf(stages), 'USER').at(-1) ?? 'nobody named';
    return /^[1-9]\d*(:[1-9]\d*)?$/.test(user) ? [] : [`USER is not a number other than 0: ${user}.`];
  },
  (stages) => {
    const { instructions } = lastOf(stages);
    const user = instructions.findLastIndex(({ name }) => name === 'USER');
    return instructions.slice(user).some(({ name }) => ['RUN', 'COPY'].includes(name))
      ? ['Files are made after USER, so the bot could change them.']
      : [];
  },
  (stages) => all(stages, 'ADD').map((text) => `ADD ${text}: COPY and the lock file say what comes in.`),
  (stages) =>
    all(stages, 'RUN')
      .filter((text) => /\b(curl|wget)\b/.test(text))
      .map((text) => `Something is fetched outside the lock file: ${text}`),
  (stages) =>
    [...all(stages, 'ENV'), ...all(stages, 'ARG')]
      .filter((text) => text.split(/\s+/).some((one) => SECRET.test(one.split('=')[0] ?? '')))
      .map((text) => `A secret would stay in the image: ${text.split('=')[0]}.`),
  (stages) =>
    [...textsOf(lastOf(stages), 'CMD'), ...textsOf(lastOf(stages), 'ENTRYPOINT')].every(execForm) &&
    textsOf(lastOf(stages), 'CMD').length === 1
      ? []
      : ['CMD is not one list of words: a shell would not pass SIGTERM on.'],
  (stages) => (healthCommand(lastOf(stages)) ? [] : ['There is no HEALTHCHECK in exec form.']),
  (stages) =>
    all(stages, 'RUN')
      .filter((text) => /\bnpm (ci|i|install)\b/.test(text))
      .filter(
        (text) => !/\bnpm ci\b/.test(text) || !/--omit=dev/.test(text) || !/--ignore-scripts/.test(text),
      )
      .map((text) => `Packages come in otherwise than npm ci --omit=dev --ignore-scripts: ${text}`),
  (stages) =>
    stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name, flags, text }) => name === 'COPY' && !flags.from && /^(\.|\.\/|\/|\*)\s/.test(text))
      .map(({ text }) => `COPY ${text} takes everything.`),
  (stages) =>
    lastOf(stages)
      .instructions.filter(({ name, flags }) => name === 'COPY' && !isReadable(stages, flags.from))
      .map(({ text }) => `COPY ${text} keeps the modes of the checkout.`),
  (stages) =>
    all(stages, 'WORKDIR').flatMap((text) => (text.startsWith('/') ? [] : [`WORKDIR ${text} is relative.`])),
];

/** What is wrong with a Dockerfile, as sentences. */
export const dockerfileFaults = (text: string): readonly string[] => {
  const stages = readDockerfile(text);
  return RULES.flatMap((rule) => rule(stages));
};
