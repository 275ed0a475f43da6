import type { ErrorCode } from './error-code.ts';

export const MFA: readonly ErrorCode[] = [];
