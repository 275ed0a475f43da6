import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

/** One file of the page, ready to send. */
export interface PageFile {
  readonly type: string;
  readonly body: string | Buffer;
}

const PAGE = new URL('../page/', import.meta.url);

const LIBRARIES: Readonly<Record<string, string>> = {
  '/lib/adaptivecards.js': 'adaptivecards/dist/adaptivecards.min.js',
  '/lib/markdown-it.js': 'markdown-it/dist/browser/markdown-it.umd.min.js',
};

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ts: 'text/javascript; charset=utf-8',
};

/** A file of the page by its path on the server; TypeScript arrives as the JavaScript that it is without types. */
export const readPageFile = async (pathname: string): Promise<PageFile | null> => {
  const library = LIBRARIES[pathname];
  if (library !== undefined) {
    const type = 'text/javascript; charset=utf-8';
    return { type, body: await readFile(new URL(`../../../node_modules/${library}`, import.meta.url)) };
  }
  const [, name, extension] =
    /^\/([a-z-]+\.(html|css|svg|ts))$/.exec(pathname === '/' ? '/index.html' : pathname) ?? [];
  const type = TYPES[extension ?? ''];
  if (name === undefined || type === undefined) return null;
  const body = await readFile(new URL(name, PAGE), 'utf8').catch(() => null);
  if (body === null) return null;
  return { type, body: extension === 'ts' ? stripTypeScriptTypes(body) : body };
};
