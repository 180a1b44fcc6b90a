import { FakeTables } from './fake-tables';
import { START } from './partners';
import { OperatorResult } from '../../../src/runtime/sftp/operator-register';
import { listPartners } from '../../../src/runtime/sftp/partner-list';
import { PartnerRegister } from '../../../src/runtime/sftp/partner-register';
import { registrar } from '../../../src/runtime/sftp/registrar';
import { parseRegistrarSettings } from '../../../src/runtime/sftp/registrar-settings';

export const SERVER_ID = 's-0123456789abcdef0';
export const RUNTIME_ROLE_ARN = 'arn:aws:iam::111122223333:role/sftp/c8f3/runtime';
export const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/hub/1';
export const RESPONSE_URL = 'https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/CANARY';

export const FOR_DEPLOYMENTS = { CALLER: 'cloudformation', PARTNERS_TABLE: 'partners', AUTHENTICATION: 'PUBLIC_KEY', MAX_KEY_DAYS: '365' };
export const FOR_OPERATORS = {
  CALLER: 'operator',
  PARTNERS_TABLE: 'partners',
  AUTHENTICATION: 'PUBLIC_KEY',
  MAX_KEY_DAYS: '90',
  SERVER_ID,
  RUNTIME_ROLE_ARN,
  ALLOWED_NETWORKS: '["203.0.113.0/24","2001:db8:1::/48"]',
  DIRECTORIES: JSON.stringify([
    { entry: '/', bucket: 'incoming-files', prefix: 'runtime', keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d', actions: ['list', 'write'] },
  ]),
};

/** What CloudFormation is answered. */
export interface Told {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Both functions that write into one table. */
export class RegistrarWorld {
  public readonly tables = new FakeTables();
  public readonly log: Array<Readonly<Record<string, unknown>>> = [];
  public now = START;
  private readonly told: Told[] = [];

  constructor(
    private readonly deployed: Record<string, string> = FOR_DEPLOYMENTS, private readonly operated: Record<string, string> = FOR_OPERATORS,
  ) {}

  /** Invokes the operators' function. */
  public async operate(event: unknown): Promise<OperatorResult> {
    return await this.functionOf(this.operated)(event, { getRemainingTimeInMillis: () => 30_000 }) as OperatorResult;
  }

  /** Has CloudFormation ask, and gives what it is answered. */
  public async deploy(type: 'Create' | 'Update' | 'Delete', record: unknown, { id = 'acme', logicalId = 'Acme', serverId = SERVER_ID } = {}): Promise<Told> {
    await this.functionOf(this.deployed)({
      RequestType: type,
      ResponseURL: RESPONSE_URL,
      StackId: STACK,
      RequestId: 'r-1',
      LogicalResourceId: logicalId,
      ...type !== 'Create' && { PhysicalResourceId: id },
      ResourceProperties: { ServiceToken: 'arn', ServerId: serverId, Record: record },
    }, { getRemainingTimeInMillis: () => 30_000 });
    return this.told.at(-1)!;
  }

  public functionOf(environment: Record<string, string>) {
    const { client } = this.tables;
    const settings = parseRegistrarSettings(environment);
    return registrar(settings, {
      register: new PartnerRegister(client, settings.partnersTable, () => this.now),
      list: (after) => listPartners(client, settings.partnersTable, after),
      answer: async (_url, body) => void this.told.push(JSON.parse(body) as Told),
      now: () => this.now,
      log: (entry) => this.log.push(entry),
    });
  }

  /** Names of rows, those of keys by `key`. */
  public names(): readonly string[] {
    return [...this.tables.rows('partners').keys()].map((name) => name.startsWith('key#') ? 'key' : name).sort();
  }
}
