import type { HostKeyRecord, NextKey } from './host-key-record';
import type { HostKey } from './server-host-keys';

/** What to do next about the host keys of one kind. Each is done from what the server and the record say just then. */
export type HostKeyStep =
  /** Make a key, note it, import it. */
  | { readonly do: 'issue' }
  /** Tell partners of the key that will be shown. */
  | { readonly do: 'announce'; readonly next: NextKey }
  /** Note the key that is shown. */
  | { readonly do: 'settle'; readonly key: HostKey }
  /** Delete a key that nobody was told of, and that is not shown. */
  | { readonly do: 'discard'; readonly key: HostKey }
  /** Note no more a key that will not come, and tell partners if it was announced. */
  | { readonly do: 'withdraw'; readonly next: NextKey }
  /** Delete the key that is shown, so that the next one is. */
  | { readonly do: 'cut-over'; readonly from: HostKey; readonly to: HostKey }
  | { readonly do: 'wait'; readonly complaints: readonly string[] };

/** How keys are rotated. */
export interface RotationRules {
  readonly rotateAfterMilliseconds: number;
  /** Whether an operator has to say that partners know the next key, before it takes over. */
  readonly isAcknowledgementRequired: boolean;
}

/** What is known of one kind of key. */
export interface Situation {
  readonly type: string;
  /** Keys of the kind, the oldest one first. */
  readonly keys: readonly HostKey[];
  readonly record: HostKeyRecord;
  readonly now: number;
  /** Whether a new key was asked for. */
  readonly isAsked: boolean;
}

/**
 * Decides, from what is there alone, so that it makes no difference where a run before has died.
 *
 * Of each kind the oldest key is the one that clients see (AWS Transfer Family User Guide, "Add an additional server host key"), so a new key
 * is inactive until the older one is deleted. At most one is added; the oldest is deleted only in favour of one that partners were told of.
 */
export function nextStep({ type, keys, record, now, isAsked }: Situation, rules: RotationRules): HostKeyStep {
  const [shown, ...younger] = keys;
  const next = record.next.find((key) => key.type === type);
  const candidate = younger.find(({ fingerprint }) => fingerprint === next?.fingerprint);
  if (!shown) return next?.cutOverAt === undefined ? { do: 'issue' } : { do: 'withdraw', next };
  if (younger.some(({ importedAt }) => !(importedAt > shown.importedAt))) return wait('order-unknown');
  if (record.active.find((key) => key.type === type)?.fingerprint !== shown.fingerprint || next?.fingerprint === shown.fingerprint) return { do: 'settle', key: shown };

  // What was announced before is not there; a run that died has noted a key and not imported it, or somebody has deleted it.
  if (next?.cutOverAt !== undefined && !candidate) return { do: 'withdraw', next };
  const stray = younger.find((key) => key.isOurs && key !== candidate);
  if (stray) return { do: 'discard', key: stray };
  // One that somebody else has added might come before ours; which was meant to be shown nobody knows.
  if (younger.some((key) => key !== candidate)) return wait('foreign-key');
  if (!candidate || !next) {
    if (isAsked || isDue(shown, now, rules)) return { do: 'issue' };
    return next ? { do: 'withdraw', next } : wait();
  }
  if (next.cutOverAt === undefined) return { do: 'announce', next };
  if (!(now >= Date.parse(next.cutOverAt))) return wait();
  if (rules.isAcknowledgementRequired && next.acknowledged !== true) return wait('not-acknowledged');
  return { do: 'cut-over', from: shown, to: candidate };
}

/** A key that the rotation did not make has an unknown public half and perhaps an unknown past, so it goes first. */
function isDue({ importedAt, isOurs }: HostKey, now: number, { rotateAfterMilliseconds }: RotationRules): boolean {
  return !isOurs || now - importedAt >= rotateAfterMilliseconds;
}

function wait(...complaints: readonly string[]): HostKeyStep {
  return { do: 'wait', complaints };
}
