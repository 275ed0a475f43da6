import { expect, test } from '@jest/globals';
import type { AppCredentials } from 'botframework-connector';
import type { Credential } from '../../src/entra/application.ts';
import { CLOUDS } from '../../src/entra/clouds.ts';
import { createCredentialsFactory } from '../../src/teams/credentials.ts';
import { APP, TENANT } from './support/edge.ts';

const CREDENTIALS: readonly Credential[] = [
  { kind: 'password', password: 'canary' },
  { kind: 'certificate', thumbprint: 'AB'.repeat(20), privateKey: '-----BEGIN PRIVATE KEY-----' },
  { kind: 'managed-identity' },
  { kind: 'local' },
];

test.each(CREDENTIALS)('with $kind, authentication is on and only our app id is ours', async (credential) => {
  const factory = createCredentialsFactory(APP, TENANT, credential);
  expect(await factory.isAuthenticationDisabled()).toBeFalsy();
  expect(await factory.isValidAppId(APP)).toBe(true);
  expect(await factory.isValidAppId(TENANT)).toBe(false);
});

test.each(Object.values(CLOUDS))(
  'tokens come from the authority of $name and are for its Bot Framework',
  async (cloud) => {
    const authority = `${cloud.loginUrl}/${TENANT}`;
    for (const credential of CREDENTIALS.slice(0, 2)) {
      const factory = createCredentialsFactory(APP, TENANT, credential);
      const made = (await factory.createCredentials(APP, cloud.botScope, authority, true)) as AppCredentials;
      expect(made.oAuthEndpoint).toBe(authority);
      expect(made.oAuthScope).toBe(cloud.botScope);
      expect(JSON.stringify(made)).not.toContain('canary');
    }
  },
);
