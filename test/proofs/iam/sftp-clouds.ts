import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Answer, SeenRequest } from '../../runtime-e2e/bundle';

type Item = Readonly<Record<string, AttributeValue>>;

interface Write { readonly Key?: Item; readonly ExpressionAttributeValues?: Item }

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.1' };

const ok = (output: object): Answer => ({ status: 200, headers: AMZ_JSON, body: JSON.stringify(output) });

const operationOf = ({ headers }: SeenRequest) => String(headers['x-amz-target']).split('.')[1];

/** Keys of one user, and another of whom nobody knows. */
export class UserCloud {
  private keys: Array<{ readonly SshPublicKeyId: string; readonly SshPublicKeyBody: string; readonly DateImported: number }> = [];

  constructor(private readonly user: string, stray: string, private readonly tables: PartnerCloud) {
    this.import(stray);
  }

  public readonly answer = (request: SeenRequest): Answer => {
    const input = JSON.parse(request.body) as Readonly<Record<string, string>>;
    switch (operationOf(request)) {
      case 'DescribeServer': return ok({ Server: { Arn: 'arn', IdentityProviderType: 'SERVICE_MANAGED' } });
      case 'ListUsers': return ok({ ServerId: input.ServerId, Users: [{ Arn: 'arn', UserName: this.user }] });
      case 'DescribeUser': return ok({ ServerId: input.ServerId, User: { Arn: 'arn', UserName: this.user, SshPublicKeys: this.keys } });
      case 'ImportSshPublicKey': return ok({ ServerId: input.ServerId, UserName: this.user, SshPublicKeyId: this.import(input.SshPublicKeyBody) });
      case 'DeleteSshPublicKey':
        this.keys = this.keys.filter(({ SshPublicKeyId }) => SshPublicKeyId !== input.SshPublicKeyId);
        return ok({});
      default: return this.tables.answer(request);
    }
  };

  private import(SshPublicKeyBody: string): string {
    const SshPublicKeyId = `key-${String(this.keys.length + 1).padStart(17, '0')}`;
    this.keys = [...this.keys, { SshPublicKeyId, SshPublicKeyBody, DateImported: Math.floor(Date.now() / 1000) }];
    return SshPublicKeyId;
  }
}

/** Tables of partners in which every write succeeds, and of which the rows of partners alone are kept; and a bus that takes every event. */
export class PartnerCloud {
  /** What each query finds. */
  public verifiers: readonly Item[] = [];
  /** What each look at failures finds. */
  public failures?: Item;
  private readonly partners = new Map<string, Item>();

  public readonly answer = (request: SeenRequest): Answer => {
    const input = JSON.parse(request.body) as { readonly Key?: Item; readonly TransactItems?: ReadonlyArray<{ readonly Update?: Write }> };
    switch (operationOf(request)) {
      case 'GetItem': return ok({ Item: input.Key?.subject ? this.failures : this.partners.get(String(input.Key?.partner?.S)) });
      case 'Query': return ok({ Items: this.verifiers });
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
