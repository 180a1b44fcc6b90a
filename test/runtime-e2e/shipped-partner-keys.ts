import { SftpProcess } from './sftp-process';
import { Call } from '../runtime/secrets/harness/service';
import { DAY } from '../runtime/sftp/partner-keys';
import { PartnerWorld, SERVER_ID } from '../runtime/sftp/partner-world';

/** A world whose reconciler and watch are what ships. */
export class ShippedPartnerWorld extends PartnerWorld {
  private readonly reconciler = new SftpProcess('reconcile', (call) => this.respond(call), () => this.now);
  private readonly watcher = new SftpProcess('key-watch', (call) => this.respond(call), () => this.now);

  /** The process of the reconciler ends at a call that is to be its last one. */
  protected override respond(call: Call): unknown {
    return this.reconciler.mayDie(this.fault, this.calls, () => super.respond(call));
  }

  public override async reconcile(event: unknown = { task: 'reconcile' }): Promise<unknown> {
    const MODE = this.isEnforced ? 'enforce' : 'report';
    return this.invoke(this.reconciler, { SERVER_ID, PARTNERS_TABLE: 'partners', MODE, EVENT_BUS_NAME: 'partners' }, event);
  }

  public override async watch(staleMilliseconds: number, event: unknown = { task: 'watch' }): Promise<void> {
    const STALE_DAYS = String(Math.min(730, staleMilliseconds / DAY));
    await this.invoke(this.watcher, { PARTNERS_TABLE: 'partners', ACTIVITY_TABLE: 'activity', STALE_DAYS, EVENT_BUS_NAME: 'partners' }, event);
  }

  private async invoke(process: SftpProcess, environment: Readonly<Record<string, string>>, event: unknown): Promise<unknown> {
    try {
      return await process.invoke(environment, event);
    } finally {
      const { entries, waits } = process.listen();
      this.log.push(...entries);
      this.waits.push(...waits);
    }
  }
}
