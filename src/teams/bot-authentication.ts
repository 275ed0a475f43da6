import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  AuthenticationError,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { Cloud } from '../entra/clouds.ts';
import { ConnectorFailure } from '../entra/connector-problem.ts';
import { BriefMap } from '../lib/brief-map.ts';
import type { HttpClient } from './http-client.ts';
import type { VerifiedToken } from './token.ts';

export interface BotAuthenticationOptions {
  readonly appId: string;
  readonly cloud: Cloud;
  /** Gives a token of the bot for the Bot Framework. */
  readonly getToken: () => Promise<string>;
  readonly http: HttpClient;
}

/**
 * botbuilder's own credentials are left aside: those with a certificate or a federated credential ask the global cloud
 * whatever cloud it is, and keep what vouches for them until after it has ended.
 */
type Sign = ConstructorParameters<typeof ConnectorClient>[0]['signRequest'];

// A service address has a region in its path; there are a few dozen of them.
const MAX_CONNECTORS = 64;

/** Makes the clients that speak to Teams, one an address, each with the bot's own HTTP client. */
class Connectors extends ConnectorFactory {
  readonly #options: BotAuthenticationOptions;
  readonly #known = new BriefMap<string, Promise<ConnectorClient>>(MAX_CONNECTORS);

  constructor(options: BotAuthenticationOptions) {
    super();
    this.#options = options;
  }

  override create(serviceUrl: string): Promise<ConnectorClient> {
    const known = this.#known.get(serviceUrl);
    if (known) return known;
    const connector = this.#connect(serviceUrl);
    this.#known.set(serviceUrl, connector);
    connector.catch(() => this.#known.delete(serviceUrl));
    return connector;
  }

  async #connect(serviceUrl: string): Promise<ConnectorClient> {
    const { getToken, http } = this.#options;
    const signRequest: Sign = async (request) => {
      const token = await getToken().catch((cause: unknown) => {
        throw new ConnectorFailure('unreachable', undefined, { cause });
      });
      request.headers.set('authorization', `Bearer ${token}`);
      return request;
    };
    return new ConnectorClient({ signRequest }, { baseUri: serviceUrl, httpClient: http });
  }
}

/**
 * Hands the adapter only what the gate has verified. It holds no check of its own and no way around the gate: an
 * activity without a verified token is refused, whatever its header says.
 */
export class BotAuthentication extends BotFrameworkAuthentication {
  readonly #appId: string;
  readonly #audience: string;
  readonly #connectors: Connectors;
  readonly #verified = new WeakMap<object, VerifiedToken>();

  constructor(options: BotAuthenticationOptions) {
    super();
    this.#appId = options.appId;
    this.#audience = options.cloud.botScope;
    this.#connectors = new Connectors(options);
  }

  /** Declares that this very activity came with this verified token. */
  vouch(activity: object, token: VerifiedToken): void {
    this.#verified.set(activity, token);
  }

  override async authenticateRequest(activity: object): Promise<AuthenticateRequestResult> {
    const token = this.#verified.get(activity);
    if (!token) throw new AuthenticationError('The activity did not pass the gate.', 401);
    const claimsIdentity = new ClaimsIdentity(
      [
        { type: AuthenticationConstants.AudienceClaim, value: this.#appId },
        { type: AuthenticationConstants.AppIdClaim, value: this.#appId },
        { type: AuthenticationConstants.ServiceUrlClaim, value: token.serviceUrl },
      ],
      true,
    );
    return { audience: this.#audience, claimsIdentity, connectorFactory: this.#connectors };
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new AuthenticationError('Streaming is not offered.', 401);
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors;
  }

  // The adapter wants one for every turn; nobody signs in through the bot, so it has nothing to call.
  override async createUserTokenClient(): Promise<UserTokenClient> {
    return {} as UserTokenClient;
  }
}
