import type { Config } from '../../config.ts';
import type { Result } from '../../lib/result.ts';
import { type Found, fine, warning, wrong } from './finding.ts';

const LONGEST_ROLE_MEMORY_MINUTES = 5;

/** What Entra ID keeps with any licence. */
const MOST_RETENTION_DAYS = 30;

const QUIET: ReadonlySet<Config['logLevel']> = new Set(['warn', 'error', 'silent']);

const unwise = (config: Config): readonly Found[] => {
  const { changes, ledger, logLevel, retentionDays, roleMemorySeconds } = config;
  const found: Found[] = [];
  if (changes.mode === 'single')
    found.push(warning('Whoever asks for a change may approve it alone.', 'Set APPROVALS=four-eyes.'));
  if (changes.guests === 'allow')
    found.push(warning('Guests of the tenant may change something.', 'Set GUESTS=refuse.'));
  if (roleMemorySeconds > LONGEST_ROLE_MEMORY_MINUTES * 60)
    found.push(
      warning(
        `Somebody who loses a role goes on reading for up to ${Math.ceil(roleMemorySeconds / 60)} minutes.`,
        'Lower ROLE_MEMORY_SECONDS; 60 is usual.',
      ),
    );
  if (retentionDays > MOST_RETENTION_DAYS)
    found.push(
      warning(
        'Entra ID keeps sign-ins for 30 days at most, so answers would promise more than there is.',
        'Set RETENTION_DAYS to 30, or to 7 without Entra ID P1 or P2.',
      ),
    );
  if (QUIET.has(logLevel) && ledger.conversation === undefined)
    found.push(
      warning(
        'The checkpoints of the ledger do not leave this machine: the log leaves them out.',
        'Set LOG_LEVEL=info, or LEDGER_CONVERSATION.',
      ),
    );
  return found;
};

/**
 * Every problem at once, or what is allowed but unwise.
 *
 * @param envMode the permissions of `.env`, where there is one
 */
export const configurationFindings = (
  read: Result<Config, readonly string[]>,
  envMode: number | undefined,
): readonly Found[] => {
  const open =
    envMode !== undefined && (envMode & 0o077) !== 0
      ? [warning('.env can be read by other accounts of this machine.', '`chmod 600 .env`.')]
      : [];
  if (!read.ok) {
    const mend = 'Set it in .env or in the environment; .env.sample says what each variable is.';
    return [...read.error.map((problem) => wrong(problem, mend)), ...open];
  }
  const warned = read.value.warnings.map((text) =>
    warning(text, 'The table in README, Configuration, says more.'),
  );
  const all = [...warned, ...unwise(read.value), ...open];
  return all.length > 0 ? all : [fine('Every variable is as it should be.')];
};
