/** `npm run docs`: writes the README's tables, `.env.sample` and the manifest's command list from the declarations. */
import { writeFileSync } from 'node:fs';
import { documents } from './documents.ts';

for (const { path, text } of documents()) writeFileSync(path, text);
