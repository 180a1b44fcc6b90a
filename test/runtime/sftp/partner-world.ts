import { FakePartnerTables } from './fake-partner-tables';
import { FakeUsers } from './fake-users';
import { NOW, partnerRecord, recordText } from './partner-keys';
import { PartnerKey, PartnerRecord, readPartnerRecord, usableKeys } from '../../../src/formats/partner-record';
import * as activities from '../../../src/runtime/sftp/key-activity';
import * as watches from '../../../src/runtime/sftp/key-watch';
import * as registers from '../../../src/runtime/sftp/partners-scan';
import * as reconcilers from '../../../src/runtime/sftp/reconcile';
import * as servers from '../../../src/runtime/sftp/server-users';
import * as events from '../../../src/runtime/sftp/sftp-events';
import { answerOr, PlannedFault } from '../faults';
import { Call, clientOf } from '../secrets/harness/service';

export const SERVER_ID = 's-0123456789abcdef0';

/** The code that looks after partners' keys; a mutant has the same shape. */
export interface PartnerCode {
  readonly KeyActivity: typeof activities.KeyActivity;
  readonly PartnersScan: typeof registers.PartnersScan;
  readonly ServerUsers: typeof servers.ServerUsers;
  readonly SftpEvents: typeof events.SftpEvents;
  readonly keyWatch: typeof watches.keyWatch;
  readonly reconciler: typeof reconcilers.reconciler;
}

export const PARTNER_CODE: PartnerCode = { ...activities, ...registers, ...servers, ...events, ...watches, ...reconcilers };

/** A server of managed users, the tables of partners, an event bus and a clock, in memory. */
export class PartnerWorld {
  public now = NOW;
  public readonly users = new FakeUsers(() => this.now);
  public readonly tables = new FakePartnerTables({ partners: 'partner', activity: 'subject' });
  public readonly told: Array<{ readonly type: string; readonly detail: Record<string, unknown> }> = [];
  public readonly log: Array<Readonly<Record<string, unknown>>> = [];
  public readonly waits: number[] = [];
  public readonly violations: string[] = [];
  public calls: Call[] = [];
  public fault?: PlannedFault;
  /** What happens to a call before it has an effect. */
  public onCall?: (call: Call) => void;
  public isEnforced = false;

  constructor(private readonly code: PartnerCode = PARTNER_CODE) {
    this.users.onDelete = (name, fingerprint) => this.judgeDeletion(name, fingerprint);
  }

  public get partners() {
    return this.tables.items('partners');
  }

  /** Writes the row of a partner, as the registrar does. */
  public put(name: string, keys: readonly PartnerKey[], changes: Partial<PartnerRecord> = {}, row: Readonly<Record<string, unknown>> = {}): void {
    this.partners.set(name, {
      partner: { S: name },
      record: { S: recordText(partnerRecord(name, keys, changes)) },
      serverId: { S: SERVER_ID },
      updatedAt: { N: String(this.now) },
      ...row,
    });
  }

  public outcomes(): string[] {
    return this.log.map(({ outcome, reason }) => [outcome, reason].filter(Boolean).join(' '));
  }

  /** The names of operations that change something. */
  public writes(): string[] {
    return this.calls.map(({ operation }) => operation).filter((operation) => !/^(Describe|List|Scan|Get)/.test(operation));
  }

  public async reconcile(event: unknown = { task: 'reconcile' }): Promise<unknown> {
    const { reconciler, ServerUsers } = this.code;
    const users = new ServerUsers(clientOf(this.answer), SERVER_ID, async (milliseconds) => void this.waits.push(milliseconds));
    return reconciler({ serverId: SERVER_ID, isEnforced: this.isEnforced }, { users, ...this.ports() })(event);
  }

  public async watch(staleMilliseconds: number, event: unknown = { task: 'watch' }): Promise<void> {
    const activity = new this.code.KeyActivity(clientOf(this.answer), 'activity');
    await this.code.keyWatch({ staleMilliseconds }, { activity, ...this.ports() })(event);
  }

  public activity(): activities.KeyActivity {
    return new this.code.KeyActivity(clientOf(this.answer), 'activity');
  }

  private ports() {
    return {
      register: new this.code.PartnersScan(clientOf(this.answer), 'partners'),
      events: new this.code.SftpEvents(clientOf(this.answer), 'partners'),
      now: () => this.now,
      log: (entry: Readonly<Record<string, unknown>>) => void this.log.push(entry),
    };
  }

  /** What AWS answers to a call. */
  protected respond(call: Call): unknown {
    this.calls.push(call);
    this.onCall?.(call);
    return this.perform(call);
  }

  private readonly answer = (call: Call): Promise<unknown> => answerOr(this.fault, this.calls, call, (each) => this.respond(each));

  private perform({ operation, input }: Call): unknown {
    if (operation === 'PutEvents') {
      const [{ DetailType, Detail }] = input.Entries as Array<{ DetailType: string; Detail: string }>;
      this.told.push({ type: DetailType, detail: JSON.parse(Detail) as Record<string, unknown> });
      return { FailedEntryCount: 0 };
    }
    return input.TableName === undefined ? this.users.call(operation, input) : this.tables.call(operation, input);
  }

  /** Whoever could sign in, and may, must be able to afterwards. */
  private judgeDeletion(name: string, fingerprint: string | undefined): void {
    const stored = readPartnerRecord(this.partners.get(name)?.record?.S);
    const isShut = !('record' in stored) || stored.record.disabled || this.partners.get(name)?.suspended?.BOOL === true;
    const usable = isShut ? [] : usableKeys(stored.record, this.now).map((key) => key.fingerprint);
    const present = this.users.fingerprints(name);
    const rest = [...present];
    rest.splice(rest.indexOf(fingerprint), 1);
    const [before, after] = [present, rest].map((keys) => keys.some((key) => key !== undefined && usable.includes(key)));
    if (before && !after) this.violations.push(`${name} has lost the last valid key`);
    if (usable.length > 0 && !after && !this.isOver(name, fingerprint)) this.violations.push(`${name} has lost a key before another one was there`);
  }

  /** Whether the record says itself that a key is good no more. */
  private isOver(name: string, fingerprint: string | undefined): boolean {
    const stored = readPartnerRecord(this.partners.get(name)?.record?.S);
    return 'record' in stored && stored.record.keys.some((key) => key.fingerprint === fingerprint);
  }
}
