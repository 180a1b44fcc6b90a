import { Input, ServiceError } from '../secrets/harness/service';

/** A host key as AWS Transfer Family keeps it. */
export interface FakeHostKey { id: string; type: string; fingerprint: string; description?: string; importedAt: number }

/** What the service finds in a private key. */
export type ReadHostKey = (body: string) => ReadKey;

export interface ReadKey { readonly type: string; readonly fingerprint: string; readonly publicKey?: string }

const PAGE_SIZE = 2;

/** The host keys of one server (AWS Transfer Family API Reference, of each operation), and what went wrong with them. */
export class FakeHostKeys {
  public readonly keys: FakeHostKey[] = [];
  /** Every key that was imported, also if it is gone, with the text that it came as. */
  public readonly imported: Array<ReadKey & { readonly body: string }> = [];
  /** What must never be and was. */
  public readonly violations: string[] = [];
  private made = 0;

  constructor(private readonly readHostKey: ReadHostKey, private readonly now: () => number) {}

  /** Adds a key as the service itself does for a new server, or an operator. */
  public add(type: string, fingerprint: string, importedAt = this.now()): void {
    this.keys.push({ id: this.freshId(), type, fingerprint, importedAt });
  }

  /** Of each kind the oldest is what clients see. */
  public shown(type: string): FakeHostKey | undefined {
    return this.keys.filter((key) => key.type === type).sort((one, other) => one.importedAt - other.importedAt)[0];
  }

  public call(operation: string, input: Input): Record<string, unknown> {
    if (operation === 'ListHostKeys') return this.list(input);
    if (operation === 'ImportHostKey') return this.import(input);
    if (operation === 'DeleteHostKey') return this.delete(String(input.HostKeyId));
    throw new Error(`the fake does not know ${operation}`);
  }

  /** The newest first, two a page: the service promises no order. */
  private list({ NextToken = '0' }: Input): Record<string, unknown> {
    const from = Number(NextToken);
    const page = [...this.keys].reverse().slice(from, from + PAGE_SIZE);
    return {
      HostKeys: page.map(({ id, type, fingerprint, description, importedAt }) => (
        { HostKeyId: id, Type: type, Fingerprint: `${fingerprint}=`, Description: description, DateImported: importedAt })),
      ...this.keys.length > from + PAGE_SIZE ? { NextToken: String(from + PAGE_SIZE) } : {},
    };
  }

  private import({ HostKeyBody, Description }: Input): Record<string, unknown> {
    const read = this.readHostKey(String(HostKeyBody));
    const { type, fingerprint } = read;
    if (this.keys.some((key) => key.fingerprint === fingerprint)) throw new ServiceError('ResourceExistsException', `exists: ${String(HostKeyBody)}`);
    const id = this.freshId();
    this.imported.push({ ...read, body: String(HostKeyBody) });
    this.keys.push({ id, type, fingerprint, description: String(Description), importedAt: this.now() });
    if (this.keys.filter((key) => key.type === type).length > 2) this.violations.push(`more than two keys of ${type}`);
    return { HostKeyId: id };
  }

  private delete(id: string): Record<string, unknown> {
    const index = this.keys.findIndex((key) => key.id === id);
    if (index < 0) throw new ServiceError('ResourceNotFoundException');
    const [{ type }] = this.keys.splice(index, 1);
    if (!this.shown(type)) this.violations.push(`the only key of ${type} was deleted`);
    return {};
  }

  private freshId(): string {
    return `hostkey-${String(++this.made).padStart(17, '0')}`;
  }
}
