import type { ErrorCode } from './error-code.ts';

export const CREDENTIALS: readonly ErrorCode[] = [];
