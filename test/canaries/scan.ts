/** Something that must not be seen, by a name that may. */
export interface Canary {
  readonly name: string;
  readonly secret: string;
}

/** Everything that somebody may come to see of the bot, by where it stands. */
export type Artefacts = Readonly<Record<string, string | Buffer>>;

/** Base64 of a text that begins at whichever byte of three: what stands before and behind it changes its ends. */
const inBase64 = (secret: string): readonly string[] =>
  [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
    return shift === 0 ? whole : whole.slice(4);
  });

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The ways in which a text stands in other texts. */
export const formsOf = (secret: string): readonly string[] => {
  const base64 = inBase64(secret);
  const plain = [secret, inJson(secret), inJson(inJson(secret))];
  return [
    ...new Set([
      ...plain,
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      ...base64.map(encodeURIComponent),
      encodeURIComponent(secret),
      encodeURIComponent(encodeURIComponent(secret)),
      new URLSearchParams({ secret }).toString().slice('secret='.length),
      Buffer.from(secret).toString('hex'),
    ]),
  ];
};

/** Each canary that stands somewhere, as "name in where". */
export const hits = (artefacts: Artefacts, canaries: readonly Canary[]): readonly string[] => {
  const texts = Object.entries(artefacts).map(
    ([where, what]) => [where, typeof what === 'string' ? Buffer.from(what) : what] as const,
  );
  return canaries.flatMap(({ name, secret }) => {
    const forms = formsOf(secret);
    return texts
      .filter(([, text]) => forms.some((form) => text.includes(form)))
      .map(([where]) => `${name} in ${where}`);
  });
};
