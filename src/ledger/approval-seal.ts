import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LedgerKey } from './keys.ts';

/** Seals rows of approvals, so that whoever edits one without the ledger's key is found out. */
export interface ApprovalSeals {
  /** By the newest key, as base64. */
  seal(number: number, document: string): string;
  /** Whether somebody with one of the keys sealed this very document under this number. */
  fits(number: number, document: string, seal: string): boolean;
}

/**
 * The seals of one ledger.
 *
 * @param keys the newest first
 */
export const approvalSealsOf = (
  origin: string,
  keys: readonly [LedgerKey, ...LedgerKey[]],
): ApprovalSeals => {
  const macOf = (key: LedgerKey, number: number, document: string): string =>
    createHmac('sha256', key.approval)
      .update(JSON.stringify([origin, number, document]))
      .digest('base64');
  return {
    seal: (number, document) => macOf(keys[0], number, document),
    fits(number, document, seal) {
      const given = Buffer.from(seal);
      return keys.some((key) => {
        const due = Buffer.from(macOf(key, number, document));
        return given.length === due.length && timingSafeEqual(given, due);
      });
    },
  };
};
