import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { documents } from '../../src/cli/documents.ts';
import { VARIABLES } from '../../src/variables.ts';

const require = createRequire(import.meta.url);
const MANIFEST = 'manifest/manifest.json';
const GUID = '11111111-2222-3333-4444-555555555555';

describe('the documents', () => {
  test.each(documents())('$path is what the declarations say (npm run docs)', ({ path, text }) => {
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(text);
  });

  test('.env.sample names every variable', () => {
    const sample = readFileSync('.env.sample', 'utf8');
    const named = [...sample.matchAll(/^(?:# )?(\w+)=/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  test('the manifest is valid by the newest schema that its package brings', () => {
    const { default: Ajv } = require('ajv-draft-04');
    const schema = require('@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json');
    const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8').replaceAll('{{MicrosoftAppId}}', GUID));
    const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
    validate(manifest);
    expect(validate.errors).toBeNull();
  });

  test('the icons have the sizes that Teams wants', () => {
    const sizeOf = (file: string): number[] => {
      const png = readFileSync(`manifest/${file}`);
      return [png.readUInt32BE(16), png.readUInt32BE(20)];
    };
    expect(sizeOf('color.png')).toEqual([192, 192]);
    expect(sizeOf('outline.png')).toEqual([32, 32]);
  });
});
