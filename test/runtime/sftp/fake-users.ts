import { readSshPublicKey } from '../../../src/formats/ssh-public-key';
import { Input, ServiceError } from '../secrets/harness/service';

/** A key as AWS Transfer Family keeps it: with whatever comment it came. */
export interface FakeUserKey { readonly id: string; readonly body: string; readonly importedAt: number }

/** How many keys a user may have. */
const QUOTA = 50;

/** The users of one server (AWS Transfer Family API Reference, of each operation). */
export class FakeUsers {
  public identityProviderType = 'SERVICE_MANAGED';
  public readonly users = new Map<string, FakeUserKey[]>();
  /** What the service says of keys that other users have; in this world it does not matter who has it. */
  public readonly taken = new Set<string>();
  public pageSize = 2;
  /** Is told of each key before it is deleted. */
  public onDelete?: (userName: string, fingerprint: string | undefined) => void;
  private made = 0;

  constructor(private readonly now: () => number) {}

  public give(userName: string, ...bodies: readonly string[]): void {
    const keys = this.users.get(userName) ?? [];
    this.users.set(userName, [...keys, ...bodies.map((body) => ({ id: this.freshId(), body, importedAt: this.now() }))]);
  }

  /** Fingerprints of the keys that let somebody in. */
  public fingerprints(userName: string): ReadonlyArray<string | undefined> {
    return (this.users.get(userName) ?? []).map(({ body }) => fingerprintOf(body));
  }

  public call(operation: string, input: Input): Record<string, unknown> {
    const name = String(input.UserName);
    switch (operation) {
      case 'DescribeServer': return { Server: { IdentityProviderType: this.identityProviderType } };
      case 'ListUsers': return this.list(input);
      case 'DescribeUser': return { User: { UserName: name, SshPublicKeys: this.keysOf(name).map(shown) } };
      case 'ImportSshPublicKey': return this.import(name, String(input.SshPublicKeyBody));
      case 'DeleteSshPublicKey': return this.delete(name, String(input.SshPublicKeyId));
      default: throw new Error(`the fake does not know ${operation}`);
    }
  }

  private list({ NextToken = '0' }: Input): Record<string, unknown> {
    const from = Number(NextToken);
    const names = [...this.users.keys()];
    return {
      Users: names.slice(from, from + this.pageSize).map((UserName) => ({ UserName })),
      ...names.length > from + this.pageSize ? { NextToken: String(from + this.pageSize) } : {},
    };
  }

  private import(name: string, body: string): Record<string, unknown> {
    const keys = this.keysOf(name);
    if (keys.some((key) => key.body === body) || this.taken.has(body)) throw new ServiceError('ResourceExistsException');
    if (keys.length >= QUOTA) throw new ServiceError('InvalidRequestException');
    this.give(name, body);
    return { SshPublicKeyId: this.keysOf(name).at(-1)!.id };
  }

  private delete(name: string, id: string): Record<string, unknown> {
    const keys = this.keysOf(name);
    const key = keys.find((one) => one.id === id);
    if (!key) throw new ServiceError('ResourceNotFoundException');
    this.onDelete?.(name, fingerprintOf(key.body));
    keys.splice(keys.indexOf(key), 1);
    return {};
  }

  private keysOf(name: string): FakeUserKey[] {
    const keys = this.users.get(name);
    if (!keys) throw new ServiceError('ResourceNotFoundException');
    return keys;
  }

  private freshId(): string {
    return `key-${String(++this.made).padStart(17, '0')}`;
  }
}

function shown({ id, body, importedAt }: FakeUserKey) {
  return { SshPublicKeyId: id, SshPublicKeyBody: body, DateImported: importedAt };
}

function fingerprintOf(body: string): string | undefined {
  const key = readSshPublicKey(body, 'partner');
  return 'problem' in key ? undefined : key.fingerprint;
}
