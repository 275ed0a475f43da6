import type { ErrorCode } from './error-code.ts';

export const APPS: readonly ErrorCode[] = [];
