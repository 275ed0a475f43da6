import type { ErrorCode } from './error-code.ts';

export const PASS_THROUGH: readonly ErrorCode[] = [];
