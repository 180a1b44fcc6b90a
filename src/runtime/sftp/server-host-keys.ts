import {
  DeleteHostKeyCommand, DescribeServerCommand, ImportHostKeyCommand, ListedHostKey, ListHostKeysCommand, TransferClient,
} from '@aws-sdk/client-transfer';
import type { HostKeyPair } from './host-key-pair';
import { unless } from '../shared/error-name';

/** A host key as its server has it. */
export interface HostKey {
  readonly id: string;
  readonly type: string;
  readonly fingerprint: string;
  /** Milliseconds since 1970; NaN if the service does not tell. */
  readonly importedAt: number;
  /** Whether the rotation made it. */
  readonly isOurs: boolean;
}

/** Before the fingerprint, in the description of a key that the rotation made. */
const MARK = 'cdk-secure-integrations rotates ';

/** The host keys of one server of AWS Transfer Family. */
export class ServerHostKeys {
  constructor(private readonly client: Pick<TransferClient, 'send'>, private readonly serverId: string) {}

  /** Every host key, the oldest one first. */
  public async list(): Promise<readonly HostKey[]> {
    const keys: HostKey[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(new ListHostKeysCommand({ ServerId: this.serverId, NextToken }));
      keys.push(...(page.HostKeys ?? []).map(hostKeyOf));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return keys.sort((one, other) => one.importedAt - other.importedAt || (one.id < other.id ? -1 : 1));
  }

  /** Gives the server a key; it shows it once those of the kind that are older are gone. */
  public async import({ privateKey, fingerprint }: HostKeyPair): Promise<string> {
    const { HostKeyId = '' } = await this.client.send(new ImportHostKeyCommand({
      ServerId: this.serverId, HostKeyBody: privateKey, Description: `${MARK}${fingerprint}`,
    }));
    return HostKeyId;
  }

  /** Deletes a key; nothing if it is gone already. */
  public async delete(id: string): Promise<void> {
    await unless('ResourceNotFoundException', this.client.send(new DeleteHostKeyCommand({ ServerId: this.serverId, HostKeyId: id })));
  }

  /** Whether the server's security policy is one of FIPS, which have no Ed25519 (AWS Transfer Family User Guide, "Manage SSH and PGP keys"). */
  public async isFips(): Promise<boolean> {
    const { Server } = await this.client.send(new DescribeServerCommand({ ServerId: this.serverId }));
    return /FIPS/i.test(Server?.SecurityPolicyName ?? 'FIPS'); // a policy that is not told may be one
  }
}

function hostKeyOf({ HostKeyId = '', Type = '', Fingerprint = '', DateImported, Description }: ListedHostKey): HostKey {
  const fingerprint = Fingerprint.replace(/=+$/, '');
  return { id: HostKeyId, type: Type, fingerprint, importedAt: DateImported?.getTime() ?? NaN, isOurs: Description === `${MARK}${fingerprint}` };
}
