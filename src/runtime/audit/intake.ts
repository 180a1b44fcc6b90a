import type { APIGatewayProxyResult, SQSBatchResponse } from 'aws-lambda';
import { tryCaller } from './caller';
import { answer, isRequest, ProxyRequest } from './http';
import { clocksFrom } from './incident-record';
import { incidentIdOf, IncidentReport, QueuedMessage, reportOf, reportSha256Of, tryReport } from './incident-report';
import type { IncidentTable } from './incident-table';
import { MailSettings, mailReportOf, notificationOf } from './mail-report';
import type { Regime } from '../../formats/incident-regimes';
import { nameOf } from '../shared/error-name';

export interface IntakePorts {
  readonly incidents: Pick<IncidentTable, 'create'>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes, ids, categories; never a summary, and never who reported. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

export interface IntakeSettings {
  /** The regimes whose clocks a report starts. */
  readonly regimes: readonly Regime[];
  readonly mail?: MailSettings;
}

type Recorded = { readonly outcome: 'recorded' | 'repeated' | 'conflict'; readonly id: string };

/**
 * Builds the function that takes reports, over the API and from the queue of tools.
 *
 * A report is recorded before anybody is told that it was. One that comes again is the incident that it was; a fault throws, so that the caller
 * hears 502 and the queue delivers again, which is always right.
 */
export function intake({ regimes, mail }: IntakeSettings, ports: IntakePorts) {
  return async (event: unknown): Promise<APIGatewayProxyResult | SQSBatchResponse> => {
    if (isRequest(event)) return onRequest(event);
    const { Records: records } = Object(event ?? {}) as { readonly Records?: readonly QueuedMessage[] };
    if (!Array.isArray(records)) throw new Error('the event is neither a request nor messages');
    return onMessages(records as readonly QueuedMessage[]);
  };

  async function onRequest({ requestContext, body }: ProxyRequest): Promise<APIGatewayProxyResult> {
    const caller = tryCaller(requestContext);
    if (caller === undefined) {
      ports.log({ outcome: 'refused', reason: 'unknown-reporter' });
      return answer(403, { message: 'Nobody has proved who reports.' });
    }
    const report = tryReport(body ?? '', caller, ports.now());
    if (!report) {
      ports.log({ outcome: 'refused', reason: 'malformed' });
      return answer(400, { message: 'The report is malformed.' });
    }
    const { outcome, id } = await guarded(() => record(report));
    if (outcome === 'conflict') return answer(409, { message: 'Another report was made under this token.', incidentId: id });
    return answer(outcome === 'recorded' ? 201 : 200, { incidentId: id });
  }

  /** One message's failure has that one delivered again, and no other. */
  async function onMessages(messages: readonly QueuedMessage[]): Promise<SQSBatchResponse> {
    const failed: string[] = [];
    for (const message of messages) {
      try {
        await onMessage(message);
      } catch (error) {
        ports.log({ outcome: 'fault', reason: nameOf(error) });
        failed.push(message.messageId);
      }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  }

  async function onMessage(message: QueuedMessage): Promise<void> {
    const notification = mail && notificationOf(message.body);
    if (notification === undefined) return insist(reportOf(message, ports.now()));
    if (notification === 'subscribed') {
      ports.log({ outcome: 'no-report' });
      return;
    }
    const verdict = mailReportOf(message.body, mail!, ports.now());
    if (!('refused' in verdict)) return insist(verdict);
    ports.log({ outcome: 'unproven-sender', reason: verdict.refused });
  }

  /** Nobody would hear of a refusal: another report under the token of one is an incident of its own. */
  async function insist(report: IncidentReport): Promise<void> {
    const { outcome } = await record(report);
    if (outcome === 'conflict') await record({ ...report, token: `${report.token} ${reportSha256Of(report)}` });
  }

  async function record(report: IncidentReport): Promise<Recorded> {
    const id = incidentIdOf(report);
    const reportedAt = ports.now();
    const detectedAt = Math.min(report.detectedAt ?? reportedAt, reportedAt);
    const { channel, reporter, category, summary } = report;
    const reportSha256 = reportSha256Of(report);
    const created = await ports.incidents.create({
      id, detectedAt, reportedAt, reporter, channel, category, summary, reportSha256, state: 'open', clocks: clocksFrom(regimes, detectedAt), told: {},
    }, {
      what: 'reported',
      by: reporter,
      at: reportedAt,
      detail: { channel, category, detectedAt: new Date(detectedAt).toISOString(), reportSha256, regimes: regimes.map((regime) => regime.id) },
    });
    const outcome = created.isNew ? 'recorded' : created.reportSha256 === reportSha256 ? 'repeated' : 'conflict';
    ports.log({ outcome, incident: id, channel, category });
    return { outcome, id };
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      ports.log({ outcome: 'fault', reason: nameOf(error) });
      throw new Error(`recording failed: ${nameOf(error)}`); // services quote in their messages what they were sent
    }
  }
}
