import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { BearerRefusal, bearerToken } from './bearer';
import { BearerKey, tryReadBearerKey } from './bearer-key';
import { KeyConsumer } from './consumer';
import { tryKeyConsumer } from './consumers';
import type { KeyTable, MacKey } from './stored-keys';

/** Where keys are looked up and checked. */
export interface ProofPorts {
  readonly table: Pick<KeyTable, 'find'>;
  readonly macKey: Pick<MacKey, 'verifies'>;
}

/** Why a request does not prove who sends it, as the log names it. */
export type ProofRefusal = BearerRefusal | 'malformed-key' | 'unknown-consumer' | 'unknown-key' | 'disabled-key' | 'wrong-secret';

/** Who sends a request, as far as its key says; no secret. */
export interface Claim {
  readonly consumer: KeyConsumer;
  readonly keyId: string;
}

/** Who sends a request. */
export interface Proof extends Claim {
  /** Key of API Gateway by which the request is counted. */
  readonly planKey: string;
}

/** A proof, or why there is none; `claim` says whose key it would be. */
export type ProofVerdict = { readonly proof: Proof } | { readonly refused: ProofRefusal; readonly claim?: Claim };

/**
 * Finds out who sends a request.
 *
 * AWS is asked only about a key that is one by its form and of a consumer of this stage, so what strangers make up costs nothing.
 */
export async function prove(event: APIGatewayRequestAuthorizerEvent, prefix: string, ports: ProofPorts): Promise<ProofVerdict> {
  const bearer = bearerToken(event);
  if ('refused' in bearer) return bearer;
  const key = tryReadBearerKey(bearer.token);
  if (key?.prefix !== prefix) return { refused: 'malformed-key' };
  const consumer = tryKeyConsumer(event.stageVariables, key.holder);
  return consumer ? proveKey(key, consumer, ports) : { refused: 'unknown-consumer' };
}

async function proveKey(key: BearerKey, consumer: KeyConsumer, { table, macKey }: ProofPorts): Promise<ProofVerdict> {
  const claim: Claim = { consumer, keyId: key.credential };
  const stored = await table.find(key);
  if (typeof stored === 'string') return { refused: stored, claim };
  const isGenuine = await macKey.verifies(key, stored.verifier);
  return isGenuine ? { proof: { ...claim, planKey: stored.planKey } } : { refused: 'wrong-secret', claim };
}
