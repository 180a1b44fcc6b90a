import { DAY, DigestCloud, Fault } from './digest-cloud';
import { Question } from '../../../src/formats/review-question';
import * as digestModule from '../../../src/runtime/audit/digest';
import type { DigestSettings } from '../../../src/runtime/audit/digest-settings';
import * as evidenceModule from '../../../src/runtime/audit/evidence';
import type { Report } from '../../../src/runtime/audit/report';
import * as reviewLogModule from '../../../src/runtime/audit/review-log';
import * as trailQueriesModule from '../../../src/runtime/audit/trail-queries';
import * as reviewItemModule from '../../../src/runtime/shared/review-item';

export const MODULES = { ...digestModule, ...evidenceModule, ...reviewLogModule, ...trailQueriesModule };
export type Modules = typeof MODULES;

export const ALICE = 'arn:aws:sts::111122223333:assumed-role/Operator/alice';
export const BOB = 'arn:aws:sts::111122223333:assumed-role/Auditor/bob';
export const LOG_GROUP_ARN = 'arn:aws:logs:eu-west-1:111122223333:log-group:Trail-Log1A2B3C4D';

/** Half past midnight of the day after the first that is reviewed. */
export const START = Date.parse('2026-11-24T00:40:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export { DAY };

export const QUESTIONS: readonly Question[] = [
  { id: 'tampering', title: 'Who changed the trail?', finding: true, where: { field: 'eventName', is: ['StopLogging'] }, by: ['userIdentity.arn', 'eventName'] },
  { id: 'readers', title: 'Who read?', finding: false, where: { field: 'eventName', is: ['GetSecretValue'] }, by: ['userIdentity.arn'] },
  { id: 'new', title: 'Who is new?', finding: false, where: { field: 'eventName', is: ['Decrypt'] }, by: ['userIdentity.arn'], newWithinDays: 30 },
];

export const SETTINGS: DigestSettings = {
  review: 'Daily',
  logGroupArn: LOG_GROUP_ARN,
  evidenceBucket: 'evidence',
  prefix: 'access-reviews/Daily/',
  everyDays: 1,
  settleMilliseconds: 30 * MINUTE,
  lateMilliseconds: DAY,
  acknowledgeMilliseconds: 3 * DAY,
  questions: QUESTIONS,
};

/** The function, and all that it is among. */
export class DigestWorld {
  public readonly cloud: DigestCloud;
  /** Of those that may fail. */
  public calls = 0;
  public readonly log: Array<Readonly<Record<string, unknown>>> = [];
  private readonly run: (event: unknown, context: digestModule.DigestContext) => Promise<void>;

  constructor(changes: Partial<DigestSettings> = {}, faults?: ReadonlyMap<number, Fault>, modules: Modules = MODULES) {
    const settings = { ...SETTINGS, ...changes };
    this.cloud = new DigestCloud(START - DAY, settings.questions, faults);
    const { client } = this.cloud;
    const now = () => this.cloud.now;
    this.run = modules.digest(settings, {
      reviews: new modules.ReviewLog(new modules.Evidence(client, settings.evidenceBucket), settings.review, settings.prefix),
      queries: new modules.TrailQueries(settings, { client, now, pause: async (milliseconds) => { this.cloud.now += milliseconds; } }),
      items: new reviewItemModule.ReviewItems(client),
      now,
      log: (entry) => this.log.push(entry),
    });
  }

  /** Runs it once; a failure is one, and the next run comes. */
  public async review(task = 'review', time = 15 * MINUTE): Promise<Error | undefined> {
    this.cloud.revive();
    const ends = this.cloud.now + time;
    return this.run({ task }, { getRemainingTimeInMillis: () => ends - this.cloud.now }).then(() => undefined, (error: Error) => error);
  }

  /** Runs it at a time. */
  public async at(time: number): Promise<Error | undefined> {
    this.cloud.now = Math.max(time, this.cloud.now);
    return this.review();
  }

  /** Has something happen, which the log receives some minutes later. */
  public happens(question: string, at: number, late = 5 * MINUTE, who = ALICE): void {
    this.cloud.happened.push({ question, at, arrived: at + late, who });
  }

  public get outcomes(): readonly string[] {
    return this.log.map(({ outcome }) => String(outcome));
  }

  public bodies(folder: string, extension: string): ReadonlyArray<readonly [string, string]> {
    return [...this.cloud.objects].filter(([key]) => key.startsWith(`${SETTINGS.prefix}${folder}/`) && key.endsWith(extension)).sort()
      .map(([key, { body }]) => [key, body.toString()] as const);
  }

  public get reports(): readonly Report[] {
    return this.bodies('reports', '.json').map(([, body]) => JSON.parse(body) as Report);
  }

  /** How often each question counted something, in all reports. */
  public counted(question: string): number {
    const rows = this.reports.flatMap(({ answers }) => answers).flatMap((answer) => answer.id === question && 'rows' in answer ? answer.rows : []);
    return rows.reduce((sum, { events }) => sum + Number(events), 0);
  }
}
