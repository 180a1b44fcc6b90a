import { sha256Of } from './incident-history';
import type { Channel } from './incident-record';
import { IncidentCategory, isIncidentCategory, MAX_SUMMARY_CHARACTERS, REPORT_TOKEN } from '../../formats/incident-categories';
import { tryInstant } from '../../formats/instant';
import { membersIn } from '../shared/json-text';

/** What somebody reports. */
export interface IncidentReport {
  readonly channel: Channel;
  readonly reporter: string;
  /** What makes two sendings of it one report, among those of the reporter. */
  readonly token: string;
  readonly category: IncidentCategory;
  readonly summary: string;
  /** In milliseconds since 1970; undefined where it was detected when it is reported. */
  readonly detectedAt?: number;
}

/** How far the clock of a reporter may be ahead. */
const SKEW_MILLISECONDS = 5 * 60 * 1000;

/** Longer ago, a date is mistyped rather than true. */
const LONGEST_MILLISECONDS = 10 * 366 * 24 * 60 * 60 * 1000;

/** Reads the body of a request; undefined for one that is malformed, which the caller is told. */
export function tryReport(body: string, reporter: string, now: number): IncidentReport | undefined {
  const { token, category, summary, detectedAt: detected, ...others } = membersIn(body);
  const detectedAt = tryInstant(detected);
  if (typeof token !== 'string' || !REPORT_TOKEN.test(token) || !isIncidentCategory(category) || Object.keys(others).length > 0) return undefined;
  if (typeof summary !== 'string' || summary.trim() === '' || summary.length > MAX_SUMMARY_CHARACTERS) return undefined;
  if (detected !== undefined && !isPast(detectedAt, now)) return undefined;
  return { channel: 'api', reporter, token, category, summary, ...detectedAt === undefined ? {} : { detectedAt } };
}

/** A message from a queue, as far as it is read. */
export interface QueuedMessage { readonly messageId: string; readonly body: string }

/**
 * Reads a message of a tool. Nobody would hear of a refusal, so there is none: what cannot be read is an incident that says so.
 *
 * Its token is the one that it has, the id of an EventBridge event or of an SNS notification, or else that of the message, which SQS gives anew to
 * what is sent twice.
 */
export function reportOf({ messageId, body }: QueuedMessage, now: number): IncidentReport {
  const { token, category, summary, detectedAt: detected, time, id, MessageId: notificationId, source, ...others } = membersIn(body);
  const text = typeof summary === 'string' && summary.trim() !== '' ? summary : body;
  const detectedAt = [detected, time].map(tryInstant).find((at) => isPast(at, now));
  const own = others['detail-type'] === undefined ? [token, notificationId] : [id];
  return {
    channel: 'queue',
    reporter: typeof source === 'string' && source !== '' && source.length <= 128 ? `tool:${source}` : 'tool',
    token: own.find((given): given is string => typeof given === 'string' && given !== '' && given.length <= 128) ?? messageId,
    category: isIncidentCategory(category) ? category : 'other',
    summary: text.slice(0, MAX_SUMMARY_CHARACTERS),
    ...detectedAt === undefined ? {} : { detectedAt },
  };
}

/** Names an incident by who reported it under which token: nobody can take the place of another's report. */
export function incidentIdOf({ channel, reporter, token }: IncidentReport): string {
  return `inc-${sha256Of(JSON.stringify([channel, reporter, token])).slice(0, 24)}`;
}

/**
 * What tells two reports under one token apart. Of a message it is not when it was detected: which times are taken depends on the clock, and so may
 * be another when the same message is delivered again.
 */
export function reportSha256Of({ channel, category, summary, detectedAt }: IncidentReport): string {
  return sha256Of(JSON.stringify([category, summary, channel === 'api' ? detectedAt ?? null : null]));
}

function isPast(at: number | undefined, now: number): at is number {
  return at !== undefined && at <= now + SKEW_MILLISECONDS && at >= now - LONGEST_MILLISECONDS;
}
