import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { unless } from '../shared/error-name';
import { tryJson } from '../shared/json-text';

/** A host key that the server shows. */
export interface ActiveKey {
  /** As SSH calls it, `ssh-ed25519` for example. */
  readonly type: string;
  readonly fingerprint: string;
  /** Unknown of a key that the service made, or somebody else: the service tells fingerprints alone. */
  readonly publicKey?: string;
}

/** A host key that the server will show. */
export interface NextKey extends ActiveKey {
  readonly publicKey: string;
  /** When at the earliest, RFC 3339; absent before the key was announced. */
  readonly cutOverAt?: string;
  /** Whether an operator has said that the partners know the key. */
  readonly acknowledged?: boolean;
}

/** What partners may know of a server's host keys. It is public, and the memory of the rotation. */
export interface HostKeyRecord { readonly active: readonly ActiveKey[]; readonly next: readonly NextKey[] }

const NOTHING: HostKeyRecord = { active: [], next: [] };

/** The record, in a parameter of AWS Systems Manager, which the first write makes. */
export class HostKeyParameter {
  constructor(private readonly client: Pick<SSMClient, 'send'>, private readonly name: string) {}

  /** The record; an empty one where there is none yet. What is no record is an error: to start anew would forget what partners were told. */
  public async read(): Promise<HostKeyRecord> {
    const found = await unless('ParameterNotFound', this.client.send(new GetParameterCommand({ Name: this.name })));
    if (!found) return NOTHING;
    const { active, next } = Object(tryJson(found.Parameter?.Value)) as Partial<Record<keyof HostKeyRecord, unknown>>;
    if (!isList(active) || !isList(next) || !next.every(isNext)) throw Object.assign(new Error('the parameter holds no record of host keys'), { name: 'NotARecord' });
    return { active, next };
  }

  public async write({ active, next }: HostKeyRecord): Promise<void> {
    await this.client.send(new PutParameterCommand({ Name: this.name, Type: 'String', Overwrite: true, Value: JSON.stringify({ active, next }) }));
  }
}

function isList(value: unknown): value is readonly ActiveKey[] {
  return Array.isArray(value) && value.every((entry: Partial<ActiveKey> | null) => typeof entry?.type === 'string' && typeof entry.fingerprint === 'string');
}

function isNext(key: ActiveKey): key is NextKey {
  return key.publicKey !== undefined;
}
