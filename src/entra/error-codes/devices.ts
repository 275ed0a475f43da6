import type { ErrorCode } from './error-code.ts';

export const DEVICES: readonly ErrorCode[] = [];
