import { Answer, SeenRequest } from '../../runtime-e2e/bundle';

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Write { readonly Key?: Item; readonly ExpressionAttributeValues?: Item }

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.1' };

const ok = (output: object): Answer => ({ status: 200, headers: AMZ_JSON, body: JSON.stringify(output) });

const operationOf = ({ headers }: SeenRequest) => String(headers['x-amz-target']).split('.')[1];

/** Tables of partners in which every write succeeds, and of which the rows of partners alone are kept; and a bus that takes every event. */
export class PartnerCloud {
  private readonly partners = new Map<string, Item>();

  public readonly answer = (request: SeenRequest): Answer => {
    const input = JSON.parse(request.body) as { readonly Key?: Item; readonly TransactItems?: ReadonlyArray<{ readonly Update?: Write }> };
    switch (operationOf(request)) {
      case 'GetItem': return ok({ Item: this.partners.get(String(input.Key?.partner?.S)) });
      case 'Scan': return ok({ Items: [...this.partners.values()] });
      case 'PutEvents': return ok({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
      case 'TransactWriteItems':
        for (const { Update } of input.TransactItems ?? []) if (Update) this.keep(Update);
        return ok({});
      default: return ok({});
    }
  };

  public store(name: string, row: Item): void {
    this.partners.set(name, { partner: { S: name }, ...row });
  }

  private keep({ Key, ExpressionAttributeValues = {} }: Write): void {
    const name = String(Key?.partner?.S);
    if (name.includes('#')) return;
    const written = Object.fromEntries(Object.entries(ExpressionAttributeValues).map(([placeholder, value]) => [placeholder.slice(1), value]));
    this.store(name, { ...this.partners.get(name), ...written });
  }
}

/** A new server with the key that it made for itself, the parameter of its host keys, and a bus that takes every event. */
export class HostKeyCloud {
  private keys = [{ HostKeyId: 'hostkey-00000000000000001', Type: 'ssh-rsa', Fingerprint: `SHA256:${'A'.repeat(43)}=`, DateImported: Date.now() / 1000, Description: '' }];
  private parameter = JSON.stringify({ active: [], next: [] });

  public readonly answer = (request: SeenRequest): Answer => {
    const input = JSON.parse(request.body) as Readonly<Record<string, string>>;
    switch (operationOf(request)) {
      case 'DescribeServer': return ok({ Server: { SecurityPolicyName: 'TransferSecurityPolicy-2025-03' } });
      case 'GetParameter': return ok({ Parameter: { Name: input.Name, Value: this.parameter } });
      case 'PutParameter':
        this.parameter = input.Value;
        return ok({ Version: 2 });
      case 'PutEvents': return ok({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
      case 'ListHostKeys': return ok({ ServerId: input.ServerId, HostKeys: this.keys });
      case 'ImportHostKey': return ok({ ServerId: input.ServerId, HostKeyId: this.import(input.Description) });
      default: // DeleteHostKey
        this.keys = this.keys.filter(({ HostKeyId }) => HostKeyId !== input.HostKeyId);
        return ok({});
    }
  };

  private import(Description: string): string {
    const Fingerprint = Description.split(' ').at(-1)!;
    const { next } = JSON.parse(this.parameter) as { readonly next: ReadonlyArray<{ readonly type: string; readonly fingerprint: string }> };
    const HostKeyId = `hostkey-${String(this.keys.length + 10).padStart(17, '0')}`;
    this.keys = [...this.keys, {
      HostKeyId, Type: next.find(({ fingerprint }) => fingerprint === Fingerprint)!.type, Fingerprint: `${Fingerprint}=`, DateImported: Date.now() / 1000 + 1, Description,
    }];
    return HostKeyId;
  }
}
