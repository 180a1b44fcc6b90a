import type { Evidence } from './evidence';
import { bytesOf, isoOf, Report, ReportRef, sha256Of, tryReport } from './report';
import { markdownOf } from './report-markdown';
import { stampOf, tryStamp } from './review-window';
import { tryInstant } from '../../formats/instant';

/** A report that is stored. */
export interface StoredReport extends ReportRef {
  readonly report: Report;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** What a review has stored, by the stamps of the windows that it is about. */
export interface Kept {
  readonly reports: readonly string[];
  readonly acknowledged: ReadonlySet<string>;
}

/** Who acknowledged a report, and when. */
export interface Acknowledgement {
  readonly opsItemId: string;
  readonly by: string;
  readonly at: number;
}

/** A report that nobody of us wrote, or that does not follow on the one before. */
export class BrokenChain extends Error {
  public override readonly name = 'BrokenChain';
}

/**
 * The reports of a review, each of which names the hash of the one before, and who acknowledged them.
 *
 * Nothing else is remembered: what was done follows from what is stored, so that a run that dies anywhere is made up for by the next.
 */
export class ReviewLog {
  constructor(private readonly evidence: Pick<Evidence, 'list' | 'tryRead' | 'record'>, private readonly review: string, private readonly prefix: string) {}

  public async kept(): Promise<Kept> {
    const keys = await this.evidence.list(this.prefix);
    const stamps = (folder: string, extension: string) => keys
      .filter((key) => key.startsWith(`${this.prefix}${folder}/`) && key.endsWith(extension))
      .map((key) => key.slice(this.prefix.length + folder.length + 1, -extension.length))
      .filter((stamp) => tryStamp(stamp) !== undefined);
    return {
      reports: stamps('reports', '.json').sort(),
      acknowledged: new Set(stamps('acknowledgements', '.json')),
    };
  }

  /** The report of a stamp; throws if it is none of ours. */
  public async read(stamp: string): Promise<StoredReport> {
    const key = this.keyOf(stamp);
    const bytes = await this.evidence.tryRead(key);
    const report = bytes && tryReport(bytes, this.review);
    const [from, to] = [tryInstant(report?.from), tryInstant(report?.to)];
    if (!report || from === undefined || to === undefined || stampOf(from) !== stamp) throw new BrokenChain(`${key} is no report of this review`);
    return { key, sha256: sha256Of(bytes), report, from, to };
  }

  /** The last report, which follows on the one before it; undefined if there is none yet. */
  public async tryLast({ reports }: Kept): Promise<StoredReport | undefined> {
    const [before, last] = [reports[reports.length - 2], reports[reports.length - 1]];
    if (last === undefined) return undefined;
    const stored = await this.read(last);
    if (before !== undefined) requireLink(await this.read(before), stored);
    return stored;
  }

  /** Follows the whole chain; says how many reports it has. */
  public async verify({ reports }: Kept): Promise<number> {
    let previous: StoredReport | undefined;
    for (const stamp of reports) {
      const stored = await this.read(stamp);
      if (previous) requireLink(previous, stored);
      previous = stored;
    }
    return reports.length;
  }

  /** Stores a report, and gives the one that is stored: where a run before stored one for the window, that. */
  public async append(report: Report): Promise<StoredReport> {
    const stamp = stampOf(Date.parse(report.from));
    await this.evidence.record(this.keyOf(stamp), bytesOf(report), 'application/json');
    const stored = await this.read(stamp);
    if (stored.report.previous?.sha256 !== report.previous?.sha256) throw new BrokenChain(`${stored.key} follows on another report`);
    return stored;
  }

  /** Stores a report for people. */
  public async render(stored: StoredReport): Promise<void> {
    await this.evidence.record(this.keyOf(stampOf(stored.from), 'md'), Buffer.from(markdownOf(stored.report, stored)), 'text/markdown; charset=utf-8');
  }

  /** Stores who acknowledged a report, which is as good as an entry in it: it names the report's hash. */
  public async acknowledge({ key, sha256, from }: StoredReport, { opsItemId, by, at }: Acknowledgement): Promise<void> {
    const { review, prefix } = this;
    const acknowledgement = { version: 1, review, report: { key, sha256 }, opsItemId, acknowledgedBy: by, acknowledgedAt: isoOf(at) };
    const bytes = Buffer.from(`${JSON.stringify(acknowledgement, undefined, 1)}\n`);
    await this.evidence.record(`${prefix}acknowledgements/${stampOf(from)}.json`, bytes, 'application/json');
  }

  private keyOf(stamp: string, extension = 'json'): string {
    return `${this.prefix}reports/${stamp}.${extension}`;
  }
}

function requireLink(before: StoredReport, after: StoredReport): void {
  const { previous } = after.report;
  if (previous?.key !== before.key || previous.sha256 !== before.sha256) throw new BrokenChain(`${after.key} does not name the hash of ${before.key}`);
  if (after.from !== before.to) throw new BrokenChain(`${after.key} does not begin where ${before.key} ends`);
}
