import type { ErrorCode } from './error-code.ts';

export const TENANTS: readonly ErrorCode[] = [];
