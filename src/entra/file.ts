/** The kinds of file that can be taken away. */
export const FILE_FORMATS = ['csv', 'jsonl', 'markdown'] as const;

export type FileFormat = (typeof FILE_FORMATS)[number];
