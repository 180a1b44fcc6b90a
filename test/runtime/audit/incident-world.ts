import { createHash } from 'node:crypto';
import { IncidentCloud } from './incident-cloud';
import { incidentClock } from '../../../src/runtime/audit/incident-clock';
import { incidentDesk } from '../../../src/runtime/audit/incident-desk';
import { IncidentEvidence } from '../../../src/runtime/audit/incident-evidence';
import { IncidentRecord } from '../../../src/runtime/audit/incident-record';
import { IncidentTable } from '../../../src/runtime/audit/incident-table';
import { intake } from '../../../src/runtime/audit/intake';
import { parseIntakeSettings } from '../../../src/runtime/audit/intake-settings';
import { PagePlan } from '../../../src/runtime/audit/page-plan';
import { Pager } from '../../../src/runtime/audit/pager';

/** The code that a world runs, so that a test can put a mutant in its place. */
export const MODULES = { incidentClock, incidentDesk, IncidentEvidence, IncidentTable, intake, Pager };

export const MINUTE = 60 * 1000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const ON_CALL = 'arn:aws:sns:eu-west-1:111122223333:on-call';
export const MANAGERS = 'arn:aws:sns:eu-west-1:111122223333:managers';

export const PLAN: PagePlan = {
  levels: [{ topicArn: ON_CALL, afterMilliseconds: 0 }, { topicArn: MANAGERS, afterMilliseconds: 15 * MINUTE }],
  repeatMilliseconds: HOUR,
  warnMilliseconds: [7 * DAY, DAY, 4 * HOUR],
};

export const START = Date.parse('2026-11-25T12:00:00Z');
export const TOKEN = 'a-token-of-a-client';
export const REPORT = { token: TOKEN, category: 'phishing', summary: 'CONFIDENTIAL: I clicked on a link' };

/** A request as an authorizer of ours lets it through. */
export const request = (body: unknown, principalId = 'https://idp|alice', more: object = {}) => ({
  requestContext: { authorizer: { principalId } }, body: typeof body === 'string' ? body : JSON.stringify(body), ...more,
});

export const action = (incidentId: string, body: object, principalId = 'https://idp|bob') =>
  request(body, principalId, { httpMethod: 'POST', pathParameters: { incidentId } });

/** Intake, desk and clock over one cloud and one time. */
export class IncidentWorld {
  public readonly cloud = new IncidentCloud();
  public readonly log: Array<Readonly<Record<string, unknown>>> = [];
  public now = START;
  private readonly takes: (event: unknown) => Promise<unknown>;
  private readonly serves: (event: unknown) => Promise<unknown>;
  private readonly looks: (event: unknown) => Promise<void>;

  constructor(regimes: readonly unknown[] = ['gdpr'], modules = MODULES, plan = PLAN) {
    const incidents = new modules.IncidentTable(this.cloud.client, 'incidents');
    const ports = { incidents, now: () => this.now, log: (entry: Readonly<Record<string, unknown>>) => void this.log.push(entry) };
    const settings = parseIntakeSettings({ TABLE_NAME: 'incidents', REGIMES: JSON.stringify(regimes), MAIL_DOMAINS: '["example.com"]' });
    this.takes = modules.intake(settings, ports);
    this.serves = modules.incidentDesk(ports);
    this.looks = modules.incidentClock(plan, {
      ...ports, pager: new modules.Pager(this.cloud.client), evidence: new modules.IncidentEvidence(this.cloud.client, 'evidence', 'incidents/'),
    });
  }

  public intake<T = { readonly statusCode: number; readonly body: string }>(event: unknown): Promise<T> {
    return this.cloud.invocation(() => this.takes(event)) as Promise<T>;
  }

  /** Reports, and gives the id of the incident. */
  public async report(report: object = REPORT): Promise<string> {
    const { body } = await this.intake(request(report));
    return (JSON.parse(body) as { incidentId: string }).incidentId;
  }

  public desk(event: unknown): Promise<{ readonly statusCode: number; readonly body: string }> {
    return this.cloud.invocation(() => this.serves(event)) as Promise<{ readonly statusCode: number; readonly body: string }>;
  }

  public async look(): Promise<void> {
    await this.cloud.invocation(() => this.looks({ task: 'look' }));
  }

  /** Lets time pass with a run each minute, but for those that fail. */
  public async pass(milliseconds: number, everyMilliseconds = MINUTE): Promise<void> {
    for (const end = this.now + milliseconds; this.now < end;) {
      this.now = Math.min(this.now + everyMilliseconds, end);
      await this.look();
    }
  }

  public record(id: string): IncidentRecord {
    return JSON.parse(this.cloud.items.get(`${id} record`)!.record.S!) as IncidentRecord;
  }

  /** Everything that happened to an incident, in order; throws where the chain is broken, or the evidence has something else. */
  public history(id: string): ReadonlyArray<Readonly<Record<string, unknown>> & { readonly what: string }> {
    const texts = [...this.cloud.items].filter(([key]) => key.startsWith(`${id} entry#`)).sort().map(([, { entry }]) => entry.S!);
    let previous = '0'.repeat(64);
    return texts.map((text, index) => {
      const entry = JSON.parse(text) as Readonly<Record<string, unknown>> & { readonly what: string };
      if (entry.previous !== previous || entry.number !== index + 1 || entry.incident !== id) throw new Error(`the history breaks at ${index + 1}`);
      previous = createHash('sha256').update(text).digest('hex');
      const kept = this.cloud.objects.get(`incidents/${id}/${String(index + 1).padStart(8, '0')}.json`);
      if (kept !== undefined && kept !== text) throw new Error(`the evidence has something else for ${index + 1}`);
      return entry;
    });
  }

  /** Each page that was sent, `series@minutes since the report topic`. */
  public pages(): readonly string[] {
    return this.cloud.published.map(({ page, topicArn }) => {
      const [series, at] = page.split('@');
      return `${series}@${(Number(at) - START) / MINUTE} ${topicArn.split(':').at(-1)}`;
    });
  }
}
