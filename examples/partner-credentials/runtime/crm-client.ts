import { ClientCredentials } from './client-credentials';
import { Crm, CrmKey } from './crm';

/** How the CRM is reached, and who asks. */
export interface CrmClientOptions {
  /** Origin of the CRM, `https://crm.example.com` for example. */
  readonly url: string;
  /** Where an access token for the CRM is had, for the credentials of a client (RFC 6749, 4.4). */
  readonly tokenEndpoint: string;
  /** The scope that keys are managed with. */
  readonly scope: string;
  /** The client's credentials, read for each token, so that a rotation of theirs is not noticed. */
  credentials(): Promise<ClientCredentials>;
}

/** Each question of the handler takes four requests at most, and its function has half a minute. */
const TIMEOUT_MS = 5000;

/** The CRM over HTTPS. No error has what was sent or answered, since both have values. */
export class CrmClient implements Crm {
  constructor(private readonly options: CrmClientOptions) {}

  public async create(name: string, reference: string): Promise<{ readonly id: string; readonly key: string }> {
    return this.manage('POST', '/v1/keys', { name, reference });
  }

  public async list(name: string): Promise<readonly CrmKey[]> {
    return (await this.manage<{ readonly keys: CrmKey[] }>('GET', `/v1/keys?${new URLSearchParams({ name }).toString()}`)).keys;
  }

  public async enable(id: string): Promise<void> {
    await this.manage('POST', `/v1/keys/${encodeURIComponent(id)}/enable`);
  }

  public async disable(id: string): Promise<void> {
    await this.manage('POST', `/v1/keys/${encodeURIComponent(id)}/disable`, undefined, [404]);
  }

  public async remove(id: string): Promise<void> {
    await this.manage('DELETE', `/v1/keys/${encodeURIComponent(id)}`, undefined, [404]);
  }

  public async accepts(key: string): Promise<boolean> {
    const response = await this.request(`${this.options.url}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } });
    if (response.status === 401) return false;
    if (!response.ok) throw new Unanswered('whoami', response.status);
    return true;
  }

  private async manage<T>(method: string, path: string, body?: object, alsoFine: readonly number[] = []): Promise<T> {
    const response = await this.request(`${this.options.url}${path}`, {
      method,
      headers: { 'authorization': `Bearer ${await this.token()}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!response.ok && !alsoFine.includes(response.status)) throw new Unanswered('keys', response.status);
    return (response.status === 200 || response.status === 201 ? await jsonOf(response, 'keys') : undefined) as T;
  }

  private async token(): Promise<string> {
    const { clientId, clientSecret } = await this.options.credentials();
    const response = await this.request(this.options.tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: this.options.scope }),
    });
    if (!response.ok) throw new Unanswered('token', response.status);
    return (await jsonOf(response, 'token') as { readonly access_token: string }).access_token;
  }

  private async request(url: string, init: RequestInit): Promise<Response> {
    return fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS), ...init });
  }
}

/** What the parser says of text that is no JSON quotes it. */
async function jsonOf(response: Response, asked: string): Promise<unknown> {
  return response.json().catch(() => { throw new Unanswered(asked, response.status); });
}

/** A request that was not answered as agreed: which one, and with which status. */
class Unanswered extends Error {
  public override readonly name = 'Unanswered';
  constructor(asked: string, status: number) {
    super(`${asked} was answered with ${status}`);
  }
}
