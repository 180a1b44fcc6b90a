import { SeenRequest } from './bundle';
import { TrustedServer } from './trusted-server';

/** The token endpoint of a user pool, which tells the secrets of a client from others (RFC 6749, 5.2) and issues nothing. */
export class TokenEndpoint {
  public static async start(): Promise<TokenEndpoint> {
    const added = new Set<string>();
    const server = await TrustedServer.start((_, response, { headers }) => {
      const [, secret] = Buffer.from(String(headers.authorization).replace(/^Basic /, ''), 'base64').toString().split(':');
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: added.has(secret) ? 'unauthorized_client' : 'invalid_client' }));
    });
    return new TokenEndpoint(server, added);
  }

  private constructor(private readonly server: TrustedServer, private readonly added: Set<string>) {}

  /** Variables of a function that tries secrets here. */
  public get variables(): Record<string, string> {
    return { ...this.server.variables, TOKEN_ENDPOINT: `${this.server.origin}/oauth2/token` };
  }

  /** Learns of a secret that is added to the client. */
  public hear({ headers, body }: SeenRequest): void {
    if (headers['x-amz-target'] !== 'AWSCognitoIdentityProviderService.AddUserPoolClientSecret') return;
    this.added.add((JSON.parse(body) as { ClientSecret: string }).ClientSecret);
  }

  public async stop(): Promise<void> {
    await this.server.stop();
  }
}
