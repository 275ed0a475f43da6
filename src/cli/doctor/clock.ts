import { type Found, fine, notChecked, warning, wrong } from './finding.ts';

/** What somebody else's clock said, and what ours said then. */
export interface ClockReading {
  readonly who: string;
  /** Epoch milliseconds. */
  readonly theirs: number;
  readonly ours: number;
}

/** Microsoft takes tokens and assertions whose time is off by up to five minutes. */
const TOLERATED_MS = 5 * 60_000;

/** An answer takes a while, and a `Date` header names whole seconds. */
const NOTICED_MS = 30_000;

const SYNC =
  'Let the machine keep time: `timedatectl set-ntp true`; in a container the clock is that of its host.';

/** A reading from the `Date` header of an answer that came now; none where the header says nothing. */
export const readingOf = (who: string, date: string | undefined, ours: number): readonly ClockReading[] => {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? [] : [{ who, theirs, ours }];
};

/** A token that is not to be used yet was given by a clock that is before ours: it says by how much at least. */
export const readingOfToken = (
  who: string,
  notBefore: number | undefined,
  ours: number,
): readonly ClockReading[] => {
  const theirs = (notBefore ?? 0) * 1000;
  return theirs > ours ? [{ who, theirs, ours }] : [];
};

const UNITS = [
  { name: 'days', seconds: 86_400 },
  { name: 'hours', seconds: 3600 },
  { name: 'minutes', seconds: 60 },
] as const;

/** In the largest unit of which it is two at least. */
const told = (off: number): string => {
  const size = Math.round(Math.abs(off) / 1000);
  const { name, seconds } = UNITS.find((unit) => size >= 2 * unit.seconds) ?? { name: 'seconds', seconds: 1 };
  return `${Math.round(size / seconds)} ${name} ${off > 0 ? 'behind' : 'before'}`;
};

/** How far the clock of this machine is off, by whoever differs most. */
export const clockFindings = (readings: readonly ClockReading[]): readonly Found[] => {
  const [most] = readings
    .map(({ who, theirs, ours }) => ({ who, off: theirs - ours }))
    .toSorted((one, other) => Math.abs(other.off) - Math.abs(one.off));
  if (!most) return [notChecked('nobody answered whose clock could be compared')];
  if (Math.abs(most.off) <= NOTICED_MS) return [fine('It agrees with Microsoft.')];
  const what = `The clock of this machine is ${told(most.off)} that of ${most.who}.`;
  return [Math.abs(most.off) > TOLERATED_MS ? wrong(what, SYNC) : warning(what, SYNC)];
};
