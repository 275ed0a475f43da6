import { offsetAt } from '../lib/zones.ts';

/** An instant (ISO 8601) in a zone, as spreadsheets read it: "2026-11-20 15:05:07"; empty for what is no instant. */
export const localTime = (iso: string, zone: string): string => {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) return '';
  return new Date(instant + offsetAt(zone, instant)).toISOString().slice(0, 19).replace('T', ' ');
};
