import type { APIGatewayProxyResult } from 'aws-lambda';
import { tryCaller } from './caller';
import { answer, isRequest, ProxyRequest } from './http';
import { deadlinesOf, IncidentRecord } from './incident-record';
import type { IncidentTable } from './incident-table';
import { NotTaken, transition } from './incident-transitions';
import { Action, tryAction } from './responder-request';
import { nameOf } from '../shared/error-name';

export interface DeskPorts {
  readonly incidents: Pick<IncidentTable, 'tryRead' | 'change'>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Writes one line to the log: outcomes, ids, who responded; never a summary, and never a reason. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

const INCIDENT = /^inc-[0-9a-f]{24}$/;

const MISSING = answer(404, { message: 'There is no such incident.' });

/**
 * Builds the function by which responders read incidents and act on them. Who acted is whom the authorizer of the route has proved.
 *
 * Each action is one transaction with its entry in the history. To repeat one changes nothing, so that whoever hears no answer asks again.
 */
export function incidentDesk(ports: DeskPorts) {
  return async (event: unknown): Promise<APIGatewayProxyResult> => {
    if (!isRequest(event)) throw new Error('the event is no request');
    const caller = tryCaller(event.requestContext);
    if (caller === undefined) {
      ports.log({ outcome: 'refused', reason: 'unknown-responder' });
      return answer(403, { message: 'Nobody has proved who asks.' });
    }
    const id = event.pathParameters?.incidentId ?? '';
    if (!INCIDENT.test(id)) return MISSING;
    try {
      return event.httpMethod === 'GET' ? await read(id, caller) : await act(id, caller, event);
    } catch (error) {
      if (nameOf(error) === 'IncidentMissing') return MISSING;
      ports.log({ outcome: 'fault', reason: nameOf(error), incident: id });
      throw new Error(`responding failed: ${nameOf(error)}`); // services quote in their messages what they were sent
    }
  };

  async function read(id: string, caller: string): Promise<APIGatewayProxyResult> {
    const stored = await ports.incidents.tryRead(id);
    if (!stored) return MISSING;
    ports.log({ outcome: 'read', incident: id, by: caller });
    return answer(200, shown(stored.record));
  }

  async function act(id: string, caller: string, { body }: ProxyRequest): Promise<APIGatewayProxyResult> {
    const action = tryAction(body ?? '');
    if (!action) {
      ports.log({ outcome: 'refused', reason: 'malformed', incident: id, by: caller });
      return answer(400, { message: 'The action is malformed.' });
    }
    let refusal: NotTaken | undefined;
    const record = await ports.incidents.change(id, (seen) => {
      const result = transition(seen, action, ports.now());
      refusal = result && 'problem' in result ? result : undefined;
      return result && 'next' in result
        ? { next: result.next, happening: { what: happened(action), by: caller, at: ports.now(), detail: result.detail } }
        : undefined;
    });
    ports.log({ outcome: refusal ? 'refused' : 'responded', action: action.action, incident: id, by: caller });
    return refusal ? answer(409, { message: `The action was not taken: ${refusal.problem}.` }) : answer(200, shown(record));
  }
}

/** The action as the history says it. */
function happened({ action }: Action): string {
  const past = {
    'acknowledge': 'acknowledged', 'set-clock': 'clock-set', 'set-due': 'due-set', 'notified': 'notified', 'dismiss': 'dismissed', 'close': 'closed',
  } as const;
  return past[action];
}

function shown(record: IncidentRecord): object {
  const { id, state, category, summary, channel, reporter, version } = record;
  return {
    incidentId: id,
    state,
    category,
    summary,
    channel,
    reporter,
    version,
    detectedAt: new Date(record.detectedAt).toISOString(),
    reportedAt: new Date(record.reportedAt).toISOString(),
    deadlines: deadlinesOf(record).map(({ regime, step, what, dueAt }) => ({ regime, step, what, dueAt: new Date(dueAt).toISOString() })),
  };
}
