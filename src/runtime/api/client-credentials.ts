import type { TokenPorts } from './token-authorizer';
import { Unavailable } from './unavailable';
import { tryJson } from '../shared/json-text';

/** What client credentials need of the world. */
export interface CredentialPorts extends TokenPorts {
  now(): Date;
  /** Text of the secret: JSON with `clientId` and `clientSecret`. */
  readSecret(): Promise<string | undefined>;
}

/** Credentials older than this are read again, so that those of a rotation are found before the old ones stop. */
const MAX_AGE_MILLISECONDS = 5 * 60 * 1000;

/** Between two attempts to read. Bounds what an issuer that refuses, or a secret that cannot be read, costs callers in waiting time. */
const MIN_INTERVAL_MILLISECONDS = 10 * 1000;

/**
 * The credentials by which this function asks an issuer, as long as this execution environment lives.
 *
 * While the secret cannot be read, those that are known are used on: the issuer decides whether they are still good.
 */
export class ClientCredentials {
  private header?: string;
  private readAt = -Infinity;
  private attemptedAt = -Infinity;

  constructor(private readonly issuer: string, private readonly ports: CredentialPorts) {}

  /**
   * Value of the header `Authorization`: `client_secret_basic` (RFC 6749, 2.3.1).
   *
   * @throws Unavailable if there are none.
   */
  public async authorization(): Promise<string> {
    if (this.since(this.readAt) >= MAX_AGE_MILLISECONDS && this.mayRead()) await this.read();
    if (this.header === undefined) throw new Unavailable('client-secret-unavailable', this.issuer, 'the credentials for the issuer are not available');
    return this.header;
  }

  /** Reads the credentials again once the issuer refused them; answers whether they are others now. */
  public async renew(): Promise<boolean> {
    const refused = this.header;
    if (this.mayRead()) await this.read();
    return this.header !== refused;
  }

  private mayRead(): boolean {
    return this.since(this.attemptedAt) >= MIN_INTERVAL_MILLISECONDS;
  }

  private async read(): Promise<void> {
    this.attemptedAt = this.ports.now().getTime();
    try {
      this.header = basic(await this.ports.readSecret());
      this.readAt = this.attemptedAt;
    } catch (error) {
      this.ports.log({ outcome: 'fault', reason: 'client-secret-not-read', issuer: this.issuer, detail: (error as Error).name });
    }
  }

  private since(then: number): number {
    return Math.abs(this.ports.now().getTime() - then);
  }
}

/** The secret is not what it has to be; says nothing of what it is. */
class UnusableSecret extends Error {
  public override readonly name = 'UnusableSecret';
}

function basic(text: string | undefined): string {
  const { clientId, clientSecret } = (tryJson(text) ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string' || clientId === '' || clientSecret === '') throw new UnusableSecret();
  return `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')}`;
}

/** RFC 6749, 2.3.1: "encoded using the application/x-www-form-urlencoded encoding algorithm". */
function formEncoded(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice('v='.length);
}
