/** `node src/cli/health.ts`: whether the bot on this machine lives, as exit code 0 or 1. The image's health check. */

import { Reading } from '../config/reading.ts';
import { ownEnvironment } from '../config.ts';

/** Less than the health check of the image waits, so that the answer is ours. */
const PATIENCE_MS = 4_000;

const port = new Reading(ownEnvironment()).setting('PORT');
const answer = await fetch(`http://127.0.0.1:${port}/healthz`, {
  signal: AbortSignal.timeout(PATIENCE_MS),
}).catch(() => undefined);
process.exitCode = answer?.ok ? 0 : 1;
