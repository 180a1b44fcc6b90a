import { HostKeyType, SSH_TYPES } from './host-key-pair';
import { familyOf, HostKeyPorts, rotate, RunOptions } from './host-key-rotation';
import type { HostKeysSettings } from './host-keys-settings';
import { nameOf } from '../shared/error-name';

/** What an operator, the schedule or a deployment asks for. */
export type HostKeysTask =
  | { readonly task: 'watch' }
  | { readonly task: 'rotate' }
  | { readonly task: 'acknowledge' | 'cancel'; readonly fingerprint: string };

/** What came of a task; `refused` for a key that is not the next one. */
export interface HostKeysResult { readonly outcome: 'done' | 'refused'; readonly reason?: string }

const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;

/** Reads a task; undefined for anything else. */
export function tryHostKeysTask(event: unknown): HostKeysTask | undefined {
  const { task, fingerprint } = Object(event) as Readonly<Record<string, unknown>>;
  if (task === 'watch' || task === 'rotate') return { task };
  if (task !== 'acknowledge' && task !== 'cancel') return undefined;
  return typeof fingerprint === 'string' && FINGERPRINT.test(fingerprint) ? { task, fingerprint } : undefined;
}

/**
 * Builds the function that rotates a server's host keys: import, announce, overlap, cut over.
 *
 * `watch` does what is due, by schedule. `rotate` begins a rotation before it is due. `acknowledge` says that the partners know the next key of
 * that fingerprint, so that it takes over once the overlap is over; `cancel` takes it back. After the old key was deleted there is no way back:
 * nobody has its private half. A task may be repeated; of the kinds of key each is worked on whatever becomes of the others, and then a fault throws.
 */
export function hostKeys(settings: HostKeysSettings, ports: HostKeyPorts) {
  return async (event: unknown): Promise<HostKeysResult> => {
    const asked = tryHostKeysTask(event);
    if (!asked) throw new Error('the event is none of the tasks watch, rotate, acknowledge and cancel; the last two name a fingerprint');
    if (asked.task === 'acknowledge' || asked.task === 'cancel') return named(decideOn(asked.task, asked.fingerprint, settings, ports), ports);
    await advance({ isAsked: asked.task === 'rotate' }, settings, ports);
    return { outcome: 'done' };
  };
}

/** Brings the keys of every kind as far as they may go, and tells how they are; throws, once all were worked on, if a kind has failed. */
export async function advance(
  options: RunOptions, settings: HostKeysSettings, ports: HostKeyPorts, types: readonly HostKeyType[] = settings.keyTypes,
): Promise<void> {
  let complaints = await named(othersComplaints(settings.keyTypes, ports), ports);
  const failures: unknown[] = [];
  for (const type of types) {
    try {
      const reasons = await named(rotate(type, options, settings, ports), ports);
      complaints = [...complaints, ...reasons.map((reason) => ({ reason, type: SSH_TYPES[type] as string }))];
    } catch (error) {
      failures.push(error);
    }
  }
  for (const complaint of complaints) ports.log({ outcome: 'complaint', ...complaint });
  if (failures.length > 0) throw failures[0];
  if (complaints.length === 0) ports.log({ outcome: 'healthy' });
}

async function decideOn(task: 'acknowledge' | 'cancel', fingerprint: string, settings: HostKeysSettings, ports: HostKeyPorts): Promise<HostKeysResult> {
  const known = await ports.record.read();
  const next = known.next.find((key) => key.fingerprint === fingerprint && key.cutOverAt !== undefined);
  const type = settings.keyTypes.find((managed) => SSH_TYPES[managed] === next?.type);
  const result: HostKeysResult = type === undefined || !next ? { outcome: 'refused', reason: 'not-the-next-key' } : { outcome: 'done' };
  ports.log({ outcome: result.outcome === 'done' ? task : 'refused', fingerprint, ...result.reason === undefined ? {} : { reason: result.reason } });
  if (type === undefined || !next) return result;

  if (task === 'acknowledge') {
    await ports.record.write({ ...known, next: known.next.map((key) => key === next ? { ...key, acknowledged: true } : key) });
    await advance({}, settings, ports, [type]);
    return result;
  }
  const keys = (await ports.server.list()).filter((key) => familyOf(key.type) === familyOf(next.type));
  const index = keys.findIndex((key) => key.fingerprint === fingerprint);
  // The oldest is shown already: a run that died has cut over.
  if (index === 0) return { outcome: 'refused', reason: 'active-already' };
  // Of two of an age nobody knows which is shown.
  if (index > 0 && !(keys[index].importedAt > keys[0].importedAt)) return { outcome: 'refused', reason: 'order-unknown' };
  if (index > 0) await ports.server.delete(keys[index].id);
  await advance({ mayIssue: false }, settings, ports, [type]);
  return result;
}

type Complaint = Readonly<Record<string, string>>;

/** Keys of kinds that are not rotated: clients may see them, and nobody replaces them. */
async function othersComplaints(keyTypes: readonly HostKeyType[], { server }: HostKeyPorts): Promise<readonly Complaint[]> {
  const families = keyTypes.map((type) => familyOf(SSH_TYPES[type]));
  const others = (await server.list()).filter(({ type }) => !families.includes(familyOf(type)));
  return others.map(({ type, fingerprint }) => ({ reason: 'not-rotated', type, fingerprint }));
}

/** Errors carry the name of their cause alone, because services quote in their messages what they were sent: here, private keys. */
async function named<T>(work: Promise<T>, { log }: Pick<HostKeyPorts, 'log'>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HostKeysFailed) throw error;
    log({ outcome: 'fault', reason: nameOf(error) });
    throw new HostKeysFailed(`host keys failed: ${nameOf(error)}`);
  }
}

/** Was logged already, and holds nothing to hide. */
class HostKeysFailed extends Error {
  public override readonly name = 'HostKeysFailed';
}
