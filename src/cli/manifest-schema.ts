import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Manifest } from './manifest.ts';

const require = createRequire(import.meta.url);

const isAbsent = (error: unknown): boolean =>
  z.object({ code: z.enum(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']) }).safeParse(error).success;

const validatorOf = async (version: unknown) => {
  const { default: Ajv } = await import('ajv-draft-04');
  const path = `@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;
  const schema: object = JSON.parse(readFileSync(require.resolve(path), 'utf8'));
  // Its formats are hints, and it holds keywords of its own.
  return new Ajv.default({ strict: false, logger: false, validateFormats: false, allErrors: true }).compile(
    schema,
  );
};

/**
 * What Microsoft's own schema of the manifest's version finds wrong, one sentence each; undefined where the
 * packages that hold schema and validator are not installed, as in production.
 */
export const schemaFaults = async (manifest: Manifest): Promise<readonly string[] | undefined> => {
  try {
    const validate = await validatorOf(manifest.manifestVersion);
    validate(manifest);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}.`);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};
