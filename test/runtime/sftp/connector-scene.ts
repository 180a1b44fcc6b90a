import { ConnectorCloud, NOW, SETTINGS, TABLE } from './connector-cloud';
import { connectorTransfer, Failures, Task } from '../../../src/runtime/sftp/connector-transfer';
import { callsBy } from '../../../src/runtime/sftp/transfer-clients';
import { parseTransferSettings } from '../../../src/runtime/sftp/transfer-settings';
import { TransferTable } from '../../../src/runtime/sftp/transfer-table';

type Line = Record<string, unknown>;

/** The function of a connector in a cloud of tests. */
export class TransferScene {
  public readonly cloud = new ConnectorCloud();
  public readonly log: Line[] = [];
  public now = NOW;
  private readonly handle: ReturnType<typeof connectorTransfer>;

  constructor(environment: Record<string, string> = {}) {
    const settings = parseTransferSettings({ ...SETTINGS, ...environment });
    const { client } = this.cloud;
    this.handle = connectorTransfer(settings, {
      ...callsBy({ s3: client, secrets: client, transfer: client }, settings.connectorId),
      table: new TransferTable(client, TABLE),
      now: () => this.now,
      log: (entry) => this.log.push(entry as Line),
    });
  }

  public async run(task: Task): Promise<void> {
    await this.handle(task);
  }

  public send(): Promise<void> {
    return this.run({ task: 'send', name: 'Invoices' });
  }

  public retrieve(): Promise<void> {
    return this.run({ task: 'retrieve', name: 'Orders' });
  }

  /** Hands events over; gives the places of those that come again. */
  public async hear(...bodies: readonly string[]): Promise<number[]> {
    const { batchItemFailures } = await this.handle({ Records: bodies.map((body, index) => ({ messageId: String(index), body })) }) as Failures;
    return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
  }

  /** Has a directory listed, and the listing heard of. */
  public async retrieveListed(): Promise<number[]> {
    await this.retrieve();
    return this.hear(this.cloud.listed(`l-${this.cloud.listings.length}`));
  }

  public add(...names: readonly string[]): void {
    for (const name of names) this.cloud.objects.set(`invoices/acme/${name}`, { etag: `"${name}"`, modified: NOW });
  }

  public outcomes(): unknown[] {
    return this.log.map(({ outcome }) => outcome);
  }

  /** The paths that transfers were started for. */
  public get started(): string[] {
    return this.cloud.transfers.flatMap(({ paths }) => paths);
  }
}
