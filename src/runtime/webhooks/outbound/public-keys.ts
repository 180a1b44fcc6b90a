import type { EndpointTable } from './endpoint-table';
import type { KeyStore } from './key-store';
import { ENDPOINT_ID, TENANT } from './message-attempt';
import { publicHalfOf } from '../../shared/ed25519';
import type { SigningKey } from '../signing-keys';

/** Which endpoint is meant. Of another tenant there is none of that id. */
export interface PublicKeysRequest { readonly endpoint: string; readonly tenant: string }

/** What a receiver verifies by: the current key and, while a rotation overlaps, the previous one. None where it has a secret instead. */
export type PublicKeysResult =
  | { readonly outcome: 'told'; readonly publicKeys: readonly string[] }
  | { readonly outcome: 'refused'; readonly reason: 'unknown-endpoint' };

export interface PublicKeysPorts {
  readonly endpoints: Pick<EndpointTable, 'find'>;
  readonly keys: Pick<KeyStore, 'keysOf'>;
  /** In milliseconds since the Unix epoch. */
  readonly now: () => number;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/**
 * Builds the function that tells applications, and they their customers, the public keys of an endpoint, `whpk_…` (Standard Webhooks,
 * "Signature scheme"). So nobody else has to read what signs. It changes nothing, and may be asked at any time.
 */
export function publicKeysTeller(ports: PublicKeysPorts): (request: PublicKeysRequest) => Promise<PublicKeysResult> {
  return async (request) => {
    const { endpoint: id, tenant } = parsed(request);
    const result = await tell(id, tenant, ports);
    ports.log({ outcome: result.outcome, ...result.outcome === 'refused' && { reason: result.reason }, endpoint: id });
    return result;
  };
}

async function tell(id: string, tenant: string, { endpoints, keys, now }: PublicKeysPorts): Promise<PublicKeysResult> {
  const endpoint = await endpoints.find(id);
  if (endpoint?.tenant !== tenant) return { outcome: 'refused', reason: 'unknown-endpoint' };
  return { outcome: 'told', publicKeys: (await keys.keysOf(endpoint.keySecretArn, now())).flatMap(publicKeyIn) };
}

/** Nothing of a secret that both sides have. */
function publicKeyIn(key: SigningKey): readonly string[] {
  return key.type === 'private' ? [`whpk_${publicHalfOf(key.key).toString('base64')}`] : [];
}

function parsed(request: unknown): PublicKeysRequest {
  const { endpoint, tenant, ...others } = Object(request) as Readonly<Record<string, unknown>>;
  const isValid = typeof endpoint === 'string' && ENDPOINT_ID.test(endpoint) && typeof tenant === 'string' && TENANT.test(tenant);
  if (!isValid || Object.keys(others).length > 0) throw new Error("a request must be { 'endpoint', 'tenant' }");
  return { endpoint, tenant };
}
