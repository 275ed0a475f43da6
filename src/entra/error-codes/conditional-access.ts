import type { ErrorCode } from './error-code.ts';

export const CONDITIONAL_ACCESS: readonly ErrorCode[] = [];
