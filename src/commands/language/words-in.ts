/** Words and phrases that were written down in a list, separated by commas: "locked out, account locked". */
export const wordsIn = (list: string): readonly string[] => list.trim().split(/,\s+/);
