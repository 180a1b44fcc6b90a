import { HostKeyPair, HostKeyType, SSH_TYPES } from './host-key-pair';
import type { HostKeyParameter, HostKeyRecord, NextKey } from './host-key-record';
import { HostKeyStep, nextStep } from './host-key-step';
import type { HostKeysSettings } from './host-keys-settings';
import type { HostKey, ServerHostKeys } from './server-host-keys';
import type { SftpEvents } from './sftp-events';

/** What the rotation needs of the world. */
export interface HostKeyPorts {
  readonly server: Pick<ServerHostKeys, 'list' | 'import' | 'delete' | 'isFips'>;
  readonly record: Pick<HostKeyParameter, 'read' | 'write'>;
  readonly events: Pick<SftpEvents, 'tell'>;
  newPair(type: HostKeyType): Promise<HostKeyPair>;
  /** In milliseconds since 1970. */
  now(): number;
  /** Waits for a moment between two looks. */
  pause(): Promise<void>;
  /** Writes one line to the log: outcomes, reasons, fingerprints. */
  log(entry: Readonly<Record<string, unknown>>): void;
}

/** What a run may do beside what is due. */
export interface RunOptions {
  readonly isAsked?: boolean;
  /** Keys are not made while one is taken back. */
  readonly mayIssue?: boolean;
  /** The server has just been created, so that nobody trusts a key of it yet. */
  readonly isNewServer?: boolean;
}

/** How young the key is that a new server made for itself. */
const NEW_MILLISECONDS = 60 * 60 * 1000;

/** Steps from a kind without any key to its end are five; a run that wants more is going round in circles. */
const MAX_STEPS = 12;

/** How often a run looks for a key that it imported. */
const LOOKS = 5;

type Settings = Pick<HostKeysSettings, 'serverId' | 'overlapMilliseconds' | 'rotateAfterMilliseconds' | 'isAcknowledgementRequired'>;

/**
 * Brings the host keys of one kind as far as they may go now; gives what there is to complain about.
 *
 * Each step starts from what the server and the record say, and ends with what makes it undone no more, so a run that died is made up for by the
 * next. Two runs at once could each import a key: the function has a concurrency of one, and what is too much is discarded.
 */
export async function rotate(type: HostKeyType, options: RunOptions, settings: Settings, ports: HostKeyPorts): Promise<readonly string[]> {
  const { server, record, events, log } = ports;
  const { mayIssue = true, isNewServer = false } = options;
  const { serverId } = settings;
  const sshType = SSH_TYPES[type];
  let isAsked = options.isAsked === true;

  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const keys = (await server.list()).filter((key) => familyOf(key.type) === familyOf(sshType));
    const known = await record.read();
    const step = nextStep({ type: sshType, keys, record: known, now: ports.now(), isAsked }, settings);
    if (step.do === 'wait') return step.complaints;
    if (step.do === 'issue' && !mayIssue) return [];
    if (step.do === 'issue' && type === 'ed25519' && await server.isFips()) return ['ed25519-not-fips'];
    await perform(step, keys, known);
    if (step.do === 'issue') isAsked = false;
  }
  throw Object.assign(new Error('the host keys come to no end'), { name: 'TooManySteps' });

  async function perform(step: Exclude<HostKeyStep, { do: 'wait' }>, keys: readonly HostKey[], known: HostKeyRecord): Promise<void> {
    if (step.do === 'issue') return issue(known);
    if (step.do === 'announce') return announce(step.next, keys, known);
    if (step.do === 'settle') return settle(step.key, known);
    if (step.do === 'withdraw') return withdraw(step.next, known);
    const key = step.do === 'discard' ? step.key : step.from;
    log({ outcome: step.do, type: sshType, fingerprint: key.fingerprint }); // before it is too late to say
    await server.delete(key.id);
  }

  /** Notes the public half first: the service does not tell it, and a key of which it is not noted was never announced. */
  async function issue(known: HostKeyRecord): Promise<void> {
    const pair = await ports.newPair(type);
    const { publicKey, fingerprint } = pair;
    await record.write({ ...known, next: [...others(known.next), { type: sshType, publicKey, fingerprint }] });
    const id = await server.import(pair);
    log({ outcome: 'imported', type: sshType, fingerprint });
    await probe(id, fingerprint);
  }

  /** The key counts once the server has it as it was made. */
  async function probe(id: string, fingerprint: string): Promise<void> {
    for (let looks = 0; looks < LOOKS; looks++) {
      if (looks > 0) await ports.pause();
      const found = (await server.list()).find((key) => key.id === id);
      if (found?.isOurs && found.fingerprint === fingerprint && found.type === sshType) return;
    }
    throw Object.assign(new Error('the server does not have the host key as it was imported'), { name: 'HostKeyNotProved' });
  }

  async function announce(next: NextKey, [shown]: readonly HostKey[], known: HostKeyRecord): Promise<void> {
    const isUntrusted = isNewServer && !shown.isOurs && ports.now() - shown.importedAt < NEW_MILLISECONDS;
    const cutOverAt = new Date(ports.now() + (isUntrusted ? 0 : settings.overlapMilliseconds)).toISOString();
    const announced = { ...next, cutOverAt, ...isUntrusted ? { acknowledged: true } : {} };
    if (!isUntrusted) await events.tell('SFTP Host Key Announced', { serverId, ...announced, replaces: shown.fingerprint });
    await record.write({ ...known, next: [...others(known.next), announced] });
    log({ outcome: 'announced', type: sshType, fingerprint: next.fingerprint, cutOverAt });
  }

  async function settle({ fingerprint, isOurs }: HostKey, known: HostKeyRecord): Promise<void> {
    const publicKey = [...known.next, ...known.active].find((key) => key.fingerprint === fingerprint)?.publicKey;
    const active = { type: sshType, fingerprint, ...publicKey === undefined ? {} : { publicKey } };
    await events.tell('SFTP Host Key Active', { serverId, ...active });
    await record.write({ active: [...others(known.active), active], next: known.next.filter((key) => key.fingerprint !== fingerprint) });
    log({ outcome: 'active', type: sshType, fingerprint, isOurs });
  }

  async function withdraw(next: NextKey, known: HostKeyRecord): Promise<void> {
    if (next.cutOverAt !== undefined) await events.tell('SFTP Host Key Withdrawn', { serverId, ...next });
    await record.write({ ...known, next: others(known.next) });
    log({ outcome: 'withdrawn', type: sshType, fingerprint: next.fingerprint });
  }

  function others<T extends { readonly type: string }>(entries: readonly T[]): readonly T[] {
    return entries.filter((entry) => entry.type !== sshType);
  }
}

/** The service takes the curves of ECDSA for one kind (AWS Transfer Family User Guide, "Add an additional server host key"). */
export function familyOf(sshType: string): string {
  return sshType.split('-')[0] === 'ecdsa' ? 'ecdsa' : sshType;
}
