import type { IncidentEvidence } from './incident-evidence';
import type { IncidentRecord } from './incident-record';
import type { IncidentTable } from './incident-table';
import { duePages, nextPageAt, Page, PagePlan } from './page-plan';
import type { Pager } from './pager';
import { nameOf } from '../shared/error-name';

export interface ClockPorts {
  readonly incidents: Pick<IncidentTable, 'due' | 'tryRead' | 'change' | 'entries' | 'settle'>;
  readonly pager: Pick<Pager, 'page'>;
  readonly evidence: Pick<IncidentEvidence, 'keep'>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes, ids, series of pages. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

/** How many incidents a run looks at; more than there are open, so that many which fail keep none from being told of. */
const MOST = 1000;

/**
 * Builds the function that looks at incidents each minute: pages on silence, warns of deadlines, and copies what happened to the evidence.
 *
 * A page is sent first and noted then, so that a run that dies in between sends it twice rather than never; the history has it once. However many
 * runs were missed, the next one sends of each series the latest page. An incident's failure keeps no other; a run with any ends in an error.
 */
export function incidentClock(plan: PagePlan, ports: ClockPorts) {
  return async (event: unknown): Promise<void> => {
    if ((Object(event ?? {}) as Readonly<Record<string, unknown>>).task !== 'look') throw new Error('the event is not the task to look');
    const ids = await due();
    let failed = 0;
    for (const id of ids) {
      if (!await attempt(id, () => look(id))) failed++;
    }
    if (failed > 0) throw new Error(`looking failed for ${failed} of ${ids.length} incidents`);
    ports.log({ outcome: 'looked', incidents: ids.length });
  };

  async function due(): Promise<readonly string[]> {
    try {
      return await ports.incidents.due(ports.now(), MOST);
    } catch (error) {
      ports.log({ outcome: 'fault', reason: nameOf(error) });
      throw new Error(`looking failed: ${nameOf(error)}`); // services quote in their messages what they were sent
    }
  }

  async function attempt(id: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      ports.log({ outcome: 'fault', reason: nameOf(error), incident: id });
      return false;
    }
  }

  async function look(id: string): Promise<void> {
    // The index may be late: what counts is the record.
    const stored = await ports.incidents.tryRead(id);
    if (!stored) throw Object.assign(new Error('an index has an incident that there is not'), { name: 'IncidentMissing' });
    const { sent, unsent } = await send(stored.record);
    const record = sent.length === 0 ? stored.record : await note(id, sent);
    for (const { number, text } of await ports.incidents.entries(id, stored.copied, record.version)) await ports.evidence.keep(id, number, text);
    if (unsent !== undefined) throw unsent; // due until it is told
    await ports.incidents.settle(record, nextPageAt(record, plan));
  }

  /** Sends what is due; what cannot be sent to one topic keeps nothing from another. */
  async function send(record: IncidentRecord): Promise<{ readonly sent: readonly Page[]; readonly unsent?: unknown }> {
    const sent: Page[] = [];
    let unsent: unknown;
    for (const page of duePages(record, plan, ports.now())) {
      try {
        await ports.pager.page(record, page, ports.now());
        sent.push(page);
        ports.log({ outcome: 'paged', incident: record.id, kind: page.kind, series: page.series });
      } catch (error) {
        unsent ??= error;
        ports.log({ outcome: 'unpaged', reason: nameOf(error), incident: record.id, kind: page.kind, series: page.series });
      }
    }
    return { sent, unsent };
  }

  /** Notes what was told, on top of what responders did meanwhile; a clock that one of them has set tells anew. */
  async function note(id: string, pages: readonly Page[]): Promise<IncidentRecord> {
    return ports.incidents.change(id, (seen) => ({
      next: { ...seen, told: { ...seen.told, ...Object.fromEntries(stillDue(pages, seen).map(({ series, at }) => [series, at])) } },
      happening: {
        what: 'paged',
        by: 'incident-clock',
        at: ports.now(),
        detail: { pages: pages.map(({ series, kind, at }) => ({ series, kind, at: new Date(at).toISOString() })) },
      },
    }));
  }

  function stillDue(pages: readonly Page[], seen: IncidentRecord): readonly Page[] {
    const current = duePages(seen, plan, ports.now());
    return pages.filter(({ series, at }) => current.some((page) => page.series === series && page.at >= at));
  }
}
