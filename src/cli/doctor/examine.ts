import type { LedgerConfig } from '../../config/ledger.ts';
import type { Config } from '../../config.ts';
import type { Result } from '../../lib/result.ts';
import { askMicrosoft, type Manner, tokenIn } from './asked.ts';
import { configurationFindings } from './configuration.ts';
import { CHECKS, type Checked, type Finding, notChecked } from './finding.ts';
import { microsoftFindings } from './microsoft.ts';
import { examineStored } from './stored.ts';
import { gatherWithin } from './timed.ts';

/** What is examined. */
export interface Case {
  readonly config: Result<Config, readonly string[]>;
  /** The store and its ledger, which can be looked at where the rest of the configuration is wrong. */
  readonly stored: Result<{ readonly data: string; readonly ledger: LedgerConfig }, readonly string[]>;
  /** The permissions of `.env`, where there is one. */
  readonly envMode: number | undefined;
  /** Whether something may be posted where people see it. */
  readonly mayPost: boolean;
  /** How many milliseconds one answer of the network may take. */
  readonly callMs: number;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Each part has a time of its own, but nobody waits for longer than this. */
const TOTAL_MS = 90_000;

/** The checks that nobody came to, for one reason. */
const others = (checked: readonly Checked[], because: string): readonly Checked[] =>
  CHECKS.filter((name) => !checked.some(([done]) => done === name)).map((name) => [
    name,
    [notChecked(because)],
  ]);

/**
 * Looks at everything, one after the other, and changes nothing. What stands on this machine comes first, so that a
 * network that does not answer takes no time from it.
 */
export const examine = async ({
  config,
  stored,
  envMode,
  mayPost,
  ...rest
}: Case): Promise<readonly Finding[]> => {
  const manner: Manner = { ...rest, gather: gatherWithin(TOTAL_MS, () => performance.now()) };
  const kept = stored.ok ? await examineStored(stored.value, manner) : undefined;
  const asked = config.ok ? await askMicrosoft(config.value, manner) : undefined;
  const speaker = {
    config: config.ok ? config.value : undefined,
    botToken: asked && tokenIn(asked.bot),
    mayPost,
  };
  const checked: readonly Checked[] = [
    ['configuration', configurationFindings(config, envMode)],
    ...(config.ok && asked ? microsoftFindings(config.value, asked, manner.clock()) : []),
    ...(kept ? [...kept.checked, await kept.places(speaker)] : []),
  ];
  await kept?.close();
  return [...checked, ...others(checked, 'the configuration is wrong')]
    .toSorted(([one], [other]) => CHECKS.indexOf(one) - CHECKS.indexOf(other))
    .flatMap(([check, found]) => found.map((one) => ({ check, ...one })));
};
