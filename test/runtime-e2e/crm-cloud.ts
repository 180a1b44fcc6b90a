import { IncomingMessage } from 'node:http';
import { RunningBundle } from './bundle';
import { TrustedServer } from './trusted-server';
import type { CrmKey } from '../../examples/partner-credentials/runtime/crm';

/** By whom the CRM has its keys managed. */
export const CRM_CREDENTIALS = { clientId: 'hub', clientSecret: 'example' };

interface Answer { readonly status: number; readonly body?: object }

/** The CRM, and the token endpoint of the user pool that it trusts, at one origin. */
export class CrmServer {
  public static async start(): Promise<CrmServer> {
    const keys = new Map<string, CrmKey & { readonly name: string }>();
    const server = await TrustedServer.start((url, response, request) => {
      void bodyOf(request).then((body) => answerTo(keys, `${request.method} ${url}`, String(request.headers.authorization), body)).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
      });
    });
    return new CrmServer(server, keys);
  }

  private constructor(private readonly server: TrustedServer, private readonly keys: Map<string, CrmKey & { readonly name: string }>) {}

  /** Variables of a function that manages keys here. */
  public get variables(): Record<string, string> {
    const { origin, variables } = this.server;
    return { ...variables, CRM_URL: origin, CRM_SCOPE: 'crm/keys', TOKEN_ENDPOINT: `${origin}/oauth2/token` };
  }

  /** Makes it two days since a key was disabled. */
  public passDays(id: string): void {
    this.keys.set(id, { ...this.keys.get(id)!, disabledAt: new Date(Date.now() - 2 * 24 * 60 * 60 * 1000).toISOString() });
  }

  public async stop(): Promise<void> {
    await this.server.stop();
  }
}

function answerTo(keys: Map<string, CrmKey & { readonly name: string }>, asked: string, authorization: string, body: string): Answer {
  const [, method, resource, id = '', action = ''] = /^(\w+) \/(oauth2\/token|v1\/whoami|v1\/keys)[/?]?([^/]*)\/?(\w*)$/.exec(asked) ?? [];
  if (resource === 'oauth2/token') {
    const { clientId, clientSecret } = CRM_CREDENTIALS;
    const known = authorization === `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const fit = known && body === 'grant_type=client_credentials&scope=crm%2Fkeys';
    return fit ? { status: 200, body: { access_token: 'token-of-hub' } } : { status: 400, body: { error: 'invalid_client' } };
  }
  if (resource === 'v1/whoami') {
    const key = keys.get(authorization.replace('Bearer value-of-', ''));
    return { status: key?.enabled ? 200 : 401 };
  }
  if (authorization !== 'Bearer token-of-hub') return { status: 401 };
  if (method === 'POST' && id === '') {
    const { name, reference } = JSON.parse(body) as { name: string; reference: string };
    const made = `key-${keys.size + 1}`;
    keys.set(made, { id: made, name, reference, createdAt: new Date().toISOString(), enabled: false });
    return { status: 201, body: { id: made, key: `value-of-${made}` } };
  }
  if (method === 'GET') {
    const name = new URLSearchParams(id).get('name');
    return { status: 200, body: { keys: [...keys.values()].filter((key) => key.name === name) } };
  }
  const key = keys.get(id);
  if (!key) return { status: 404 };
  if (method === 'DELETE') keys.delete(id);
  else keys.set(id, { ...key, enabled: action === 'enable', ...(action === 'disable' && { disabledAt: new Date().toISOString() }) });
  return { status: 204 };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Everything that the adapter does: a key from its making to its end. */
export async function exerciseCrmKeys(bundle: RunningBundle): Promise<void> {
  const about = { secretName: 'crm', version: 'v1' };
  const { id, credential } = await bundle.invoke({ action: 'issue', ...about }) as { id: string; credential: object };
  for (const action of ['activate', 'probe', 'list', 'revoke']) await bundle.invoke({ action, ...about, id, credential });
}
