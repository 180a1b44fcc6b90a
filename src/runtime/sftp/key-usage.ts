import { gunzipSync } from 'node:zlib';
import type { KeyActivity } from './key-activity';
import { nameOf } from '../shared/error-name';
import { membersIn } from '../shared/json-text';

/** What a subscription of a log group hands over (Amazon CloudWatch Logs User Guide, "Subscription filters with AWS Lambda"). */
export interface LogsEvent { readonly awslogs: { readonly data: string } }

export interface KeyUsagePorts {
  readonly activity: Pick<KeyActivity, 'noteUse'>;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** Bytes of log lines that one event may have; the service sends a megabyte, compressed. */
const MAX_BYTES = 32 * 1024 * 1024;

const NAME = /^[a-z0-9][a-z0-9_.-]{2,99}$/;
const FINGERPRINT = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/;

interface Use { readonly partner: string; readonly fingerprint: string; readonly at: number }

/**
 * Builds the function that notes, from the log of a server, when partners sign in with which key.
 *
 * Of several uses in one event the last is written. An event may come twice and late: an earlier use never takes the place of a later one. What
 * cannot be written is left to Lambda, which tries again.
 */
export function keyUsage({ activity, log }: KeyUsagePorts): (event: LogsEvent) => Promise<{ readonly uses: number }> {
  return async ({ awslogs: { data } }) => {
    const uses = lastOfEach(linesIn(data).flatMap(useIn));
    const failures: string[] = [];
    for (const { partner, fingerprint, at } of uses) {
      try {
        await activity.noteUse(partner, fingerprint, at);
      } catch (error) {
        failures.push(nameOf(error));
      }
    }
    for (const reason of new Set(failures)) log({ outcome: 'fault', reason });
    if (failures.length > 0) throw new Error(`${failures.length} of ${uses.length} uses were not noted: ${failures[0]}`);
    log({ outcome: 'noted', uses: uses.length });
    return { uses: uses.length };
  };
}

interface LogLine { readonly timestamp?: unknown; readonly message?: unknown }

function linesIn(data: string): readonly LogLine[] {
  const { messageType, logEvents } = membersIn(gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: MAX_BYTES }).toString());
  // A CONTROL_MESSAGE tests whether the function is there.
  return messageType === 'DATA_MESSAGE' && Array.isArray(logEvents) ? logEvents as LogLine[] : [];
}

/** A sign-in with a key, as the log of a server has it (AWS Transfer Family User Guide, "Example log entries"); the padding of hashes is left out there. */
function useIn({ timestamp, message }: LogLine): readonly Use[] {
  const line = membersIn(typeof message === 'string' ? message : '');
  const { 'activity-type': activity, user, 'ssh-public-key-fingerprint': shown } = line;
  const [, hash] = FINGERPRINT.exec(String(shown)) ?? [];
  if (activity !== 'CONNECTED' || typeof user !== 'string' || !hash || typeof timestamp !== 'number') return [];
  // A client may spell the name in capitals; it is the same partner.
  const partner = user.toLowerCase();
  return NAME.test(partner) ? [{ partner, fingerprint: `SHA256:${hash}`, at: timestamp }] : [];
}

function lastOfEach(uses: readonly Use[]): readonly Use[] {
  const last = new Map<string, Use>();
  for (const use of uses) {
    const key = `${use.partner}#${use.fingerprint}`;
    if (use.at >= (last.get(key)?.at ?? -Infinity)) last.set(key, use);
  }
  return [...last.values()];
}
