/** One instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string;
  /** What stands before its arguments with two dashes, such as `from` of COPY. */
  readonly flags: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What stands from one FROM to the next. */
export interface Stage {
  readonly image: string;
  readonly alias?: string;
  readonly instructions: readonly Instruction[];
}

const readInstruction = (line: string): Instruction => {
  const [, name = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
  const [dashed = ''] = /^(?:--[\w-]+=\S+\s+)*/.exec(rest) ?? [];
  const flags = Array.from(dashed.matchAll(/--([\w-]+)=(\S+)/g), ([, flag = '', value = '']) => [
    flag,
    value,
  ]);
  return { name: name.toUpperCase(), flags: Object.fromEntries(flags), text: rest.slice(dashed.length) };
};

/** Reads a Dockerfile: its stages, comments left out and lines that go on joined. */
export const readDockerfile = (text: string): readonly Stage[] => {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '');
  const stages: { image: string; alias?: string; instructions: Instruction[] }[] = [];
  for (const line of lines.split('\n').filter((one) => one.trim() !== '')) {
    const instruction = readInstruction(line.trim());
    if (instruction.name === 'FROM') {
      const [, image = '', alias] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(instruction.text) ?? [];
      stages.push({ image, ...(alias !== undefined && { alias }), instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (!stage) throw new Error(`${instruction.name} stands before the first FROM.`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
};

/** The texts of all instructions of that name in a stage. */
export const textsOf = ({ instructions }: Stage, name: string): readonly string[] =>
  instructions.filter((one) => one.name === name).map(({ text }) => text);

/** Program and arguments where they are written as a JSON list; undefined where a shell would read them. */
export const execForm = (text: string): readonly string[] | undefined => {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
};

/** The command of a HEALTHCHECK, in exec form. */
export const healthCommand = (stage: Stage): readonly string[] | undefined => {
  const [, command = ''] = /^CMD\s+(.*)$/.exec(textsOf(stage, 'HEALTHCHECK').at(-1) ?? '') ?? [];
  return execForm(command);
};
