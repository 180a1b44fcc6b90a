import { Deadline, deadlinesOf, IncidentRecord } from './incident-record';

const DAY = 24 * 60 * 60 * 1000;

/** Who is told if nobody acknowledges, and when. */
export interface EscalationLevel {
  readonly topicArn: string;
  /** After the report. */
  readonly afterMilliseconds: number;
}

/** Who hears of incidents, and how often. */
export interface PagePlan {
  /** From the first to the last, later each. */
  readonly levels: readonly EscalationLevel[];
  /** How often the last level is told again until somebody acknowledges. */
  readonly repeatMilliseconds: number;
  /** How long before a deadline responders are warned. */
  readonly warnMilliseconds: readonly number[];
}

/** Something to be told to somebody. */
export interface Page {
  /** What the page belongs to; of a series the latest that is due is told. */
  readonly series: string;
  readonly at: number;
  readonly kind: 'reported' | 'unacknowledged' | 'deadline-near' | 'deadline' | 'overdue';
  readonly topicArn: string;
  readonly deadline?: Deadline;
}

interface Series {
  readonly name: string;
  /** The latest time of the series that is not after the given one. */
  latest(now: number): number | undefined;
  /** The first time of the series that is after the given one. */
  next(after: number): number | undefined;
  page(at: number): Page;
}

/** The pages of an incident that are due and were not told. However many runs were missed, each series says the latest and no more. */
export function duePages(record: IncidentRecord, plan: PagePlan, now: number): readonly Page[] {
  return seriesOf(record, plan).flatMap((series) => {
    const at = series.latest(now);
    return at === undefined || at <= toldOf(record, series) ? [] : [series.page(at)];
  });
}

/** When there is next something to tell; undefined for an incident that nothing is to be told of. */
export function nextPageAt(record: IncidentRecord, plan: PagePlan): number | undefined {
  const times = seriesOf(record, plan).map((series) => series.next(toldOf(record, series))).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

function toldOf({ told }: IncidentRecord, { name }: Series): number {
  return told[name] ?? -Infinity;
}

function seriesOf(record: IncidentRecord, plan: PagePlan): readonly Series[] {
  const [first, ...others] = silence(record, plan);
  // Told whatever became of the incident: nobody keeps one from being heard of by acknowledging or closing it faster than the clock looks.
  if (record.state === 'closed') return [first];
  const deadlines = deadlinesOf(record).flatMap((deadline) => deadlineSeries(deadline, plan));
  return record.state === 'open' ? [first, ...others, ...deadlines] : [first, ...deadlines];
}

function silence({ reportedAt }: IncidentRecord, { levels, repeatMilliseconds }: PagePlan): readonly Series[] {
  const each = levels.map(({ topicArn, afterMilliseconds }, index) => timetable(`level-${index}`, [reportedAt + afterMilliseconds], undefined,
    (at) => ({ series: `level-${index}`, at, kind: index === 0 ? 'reported' : 'unacknowledged', topicArn })));
  const last = levels[levels.length - 1];
  return [...each, timetable('repeat', [reportedAt + last.afterMilliseconds + repeatMilliseconds], repeatMilliseconds,
    (at) => ({ series: 'repeat', at, kind: 'unacknowledged', topicArn: last.topicArn }))];
}

/** One series for each topic, so that one which does not answer has no other told again and again; the first alone is warned. */
function deadlineSeries(deadline: Deadline, { levels, warnMilliseconds }: PagePlan): readonly Series[] {
  const { regime, step, startsAt, dueAt } = deadline;
  const warnings = warnMilliseconds.map((before) => dueAt - before).filter((at) => at > startsAt).sort((one, other) => one - other);
  return [...new Set(levels.map(({ topicArn }) => topicArn))].map((topicArn, index) => {
    const series = index === 0 ? `${regime}/${step}` : `${regime}/${step}/${index}`;
    return timetable(series, index === 0 ? [...warnings, dueAt] : [dueAt], DAY, (at) => ({
      series, at, kind: at < dueAt ? 'deadline-near' : at === dueAt ? 'deadline' : 'overdue', topicArn, deadline,
    }));
  });
}

/** Some times in order, and after the last of them, where it says so, an endless row at an interval. */
function timetable(name: string, times: readonly number[], every: number | undefined, page: Series['page']): Series {
  const last = times[times.length - 1];
  return {
    name,
    page,
    latest: (now) => every !== undefined && now >= last ? last + Math.floor((now - last) / every) * every : times.filter((at) => at <= now).at(-1),
    next: (after) => times.find((at) => at > after) ?? (every === undefined ? undefined : last + (Math.floor((after - last) / every) + 1) * every),
  };
}
