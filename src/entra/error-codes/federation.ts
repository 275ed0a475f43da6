import type { ErrorCode } from './error-code.ts';

export const FEDERATION: readonly ErrorCode[] = [];
