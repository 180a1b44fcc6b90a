import {
  DeleteSshPublicKeyCommand, DescribeServerCommand, DescribeUserCommand, ImportSshPublicKeyCommand, ListUsersCommand, TransferClient,
} from '@aws-sdk/client-transfer';
import { readSshPublicKey } from '../../formats/ssh-public-key';
import { unless } from '../shared/error-name';

/** A key that a user of the server signs in with. */
export interface UserKey {
  readonly id: string;
  /** Undefined for a key that no partner may have, such as one that is too short. */
  readonly fingerprint?: string;
}

/** The most that a wait for the service may take; it asks for seconds. */
const MAX_WAIT_SECONDS = 20;
const MAX_ATTEMPTS = 5;

/** The users of one server that AWS Transfer Family manages, and their keys. */
export class ServerUsers {
  constructor(
    private readonly client: Pick<TransferClient, 'send'>,
    private readonly serverId: string,
    private readonly wait: (milliseconds: number) => Promise<void>,
  ) {}

  /** Whether the service manages the users; of another server there are none to reconcile. */
  public async areManaged(): Promise<boolean> {
    const { Server } = await this.patiently(() => this.client.send(new DescribeServerCommand({ ServerId: this.serverId })));
    return Server?.IdentityProviderType === 'SERVICE_MANAGED';
  }

  /** The name of every user. */
  public async names(): Promise<readonly string[]> {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.patiently(() => this.client.send(new ListUsersCommand({ ServerId: this.serverId, MaxResults: 1000, NextToken })));
      names.push(...(page.Users ?? []).flatMap(({ UserName }) => UserName ?? []));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return names;
  }

  /** A user's keys; undefined if there is no such user. Comments and blanks make no difference between keys. */
  public async tryKeysOf(userName: string): Promise<readonly UserKey[] | undefined> {
    const found = await this.patiently(() => unless('ResourceNotFoundException', this.client.send(new DescribeUserCommand({ ServerId: this.serverId, UserName: userName }))));
    return found && (found.User?.SshPublicKeys ?? []).map(({ SshPublicKeyId = '', SshPublicKeyBody }) => {
      const key = readSshPublicKey(SshPublicKeyBody, 'partner');
      return { id: SshPublicKeyId, ...'problem' in key ? {} : { fingerprint: key.fingerprint } };
    });
  }

  /** Gives a user a key; one that is there already may be another user's, which only a look tells. */
  public async import(userName: string, body: string): Promise<void> {
    await this.patiently(() => unless('ResourceExistsException', this.client.send(new ImportSshPublicKeyCommand({
      ServerId: this.serverId, UserName: userName, SshPublicKeyBody: body,
    }))));
  }

  /** Takes a key from a user; nothing if it is gone already. */
  public async delete(userName: string, id: string): Promise<void> {
    await this.patiently(() => unless('ResourceNotFoundException', this.client.send(new DeleteSshPublicKeyCommand({
      ServerId: this.serverId, UserName: userName, SshPublicKeyId: id,
    }))));
  }

  /**
   * Waits, some times, as long as the service asks for (AWS Transfer Family API Reference, "ThrottlingException", RetryAfterSeconds), and a second
   * where it is at fault itself. The client makes one attempt, or each of those would be several.
   */
  private async patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call();
      } catch (error) {
        const { name, $fault: fault, RetryAfterSeconds: seconds } = Object(error) as Readonly<Record<string, string | undefined>>;
        const isThrottled = name === 'ThrottlingException';
        if (!isThrottled && fault !== 'server' && name !== 'TimeoutError' || attempt === MAX_ATTEMPTS) throw error;
        const asked = isThrottled ? Number(seconds ?? 2 ** attempt) : 1;
        await this.wait(Math.min(MAX_WAIT_SECONDS, Number.isFinite(asked) && asked > 0 ? asked : 1) * 1000);
      }
    }
  }
}
