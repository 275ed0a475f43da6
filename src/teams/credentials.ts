import {
  type AppCredentials,
  CertificateServiceClientCredentialsFactory,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
  PasswordServiceClientCredentialFactory,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { Credential } from '../entra/application.ts';

type Credentials = Awaited<ReturnType<ServiceClientCredentialsFactory['createCredentials']>>;

// botbuilder's certificate credentials always ask the global cloud for their token.
class CloudCertificateFactory extends CertificateServiceClientCredentialsFactory {
  override async createCredentials(
    appId: string,
    audience: string,
    authority?: string,
  ): Promise<Credentials> {
    const credentials = (await super.createCredentials(appId, audience)) as AppCredentials;
    if (authority) credentials.oAuthEndpoint = authority;
    return credentials;
  }
}

class LocalFactory extends ServiceClientCredentialsFactory {
  readonly #appId: string;

  constructor(appId: string) {
    super();
    this.#appId = appId;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(): Promise<Credentials> {
    return {
      signRequest: async (request) => {
        request.headers.set('authorization', 'Bearer local');
        return request;
      },
    };
  }
}

/** The factory with which botbuilder gets the bot's outbound tokens. */
export const createCredentialsFactory = (
  appId: string,
  tenantId: string,
  credential: Credential,
): ServiceClientCredentialsFactory => {
  switch (credential.kind) {
    case 'password':
      return new PasswordServiceClientCredentialFactory(appId, credential.password, tenantId);
    case 'certificate':
      return new CloudCertificateFactory(appId, credential.thumbprint, credential.privateKey, tenantId);
    case 'managed-identity':
      return new ManagedIdentityServiceClientCredentialsFactory(appId, new JwtTokenProviderFactory());
    case 'local':
      return new LocalFactory(appId);
  }
};
