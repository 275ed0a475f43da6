import type { ErrorCode } from './error-code.ts';

export const SESSIONS: readonly ErrorCode[] = [];
