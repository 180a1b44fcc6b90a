import type { Algorithm } from './algorithms';
import { contentOf } from './content';
import { integrityOf } from './coverage';
import { keyOfContent, keyOfId, keyOfPointer } from './dedupe';
import { Delivery, soleHeader } from './delivery';
import { at, tryJson } from './json';
import { certificateUrl } from './key-source';
import { Candidate, candidates, Key, matchedKey, named } from './keys';
import { findSignatures, Found, listed, presentedOf } from './presented';
import { unmet } from './requirements';
import type { DetachedScheme, TimestampSource } from './scheme';
import { outsideWindow, readTimestamp } from './timestamps';
import { genuine, Integrity, Refused, Verdict } from './verdict';

/** Visible characters; those that separate parts of the content are refused besides. */
const ID = /^[\x21-\x7e]{1,256}$/;

/** What a scheme says of every delivery, made once: together it takes as long as a fifth of hashing 1 kB. */
interface Plan {
  readonly algorithms: readonly Algorithm[];
  readonly separators: readonly string[];
  readonly integrity: Integrity;
}

const PLANS = new WeakMap<DetachedScheme, Plan>();

function planOf(scheme: DetachedScheme): Plan {
  const known = PLANS.get(scheme);
  if (known) return known;
  const plan = {
    algorithms: [...new Set(scheme.accepts.map(({ algorithm }) => algorithm))],
    separators: [...new Set(scheme.content.flatMap((part) => typeof part === 'object' && 'literal' in part ? [part.literal] : []))],
    integrity: integrityOf(scheme),
  };
  PLANS.set(scheme, plan);
  return plan;
}

/** A point in time as it was written, and in seconds. */
interface Time {
  readonly text: string;
  readonly seconds: number;
}

/** Judges a signature that is detached from what it signs. */
export function verifyDetached(delivery: Delivery, scheme: DetachedScheme, keys: readonly Key[], nowSeconds: number): Verdict {
  const found = findSignatures(scheme, delivery);
  if (found instanceof Refused) return found;
  const early = earlyTime(scheme.timestamp, delivery, found, nowSeconds);
  if (early instanceof Refused) return early;
  const plan = planOf(scheme);
  const id = signedId(scheme, plan, delivery);
  if (id instanceof Refused) return id;
  const presented = presentedOf(scheme, found);
  if (presented instanceof Refused) return presented;
  const usable = usableKeys(scheme, plan, delivery, keys);
  if (usable instanceof Refused) return usable;
  const content = contentOf(scheme, { delivery, timestamp: early?.text ?? '', id: id ?? '' });
  if (content instanceof Refused) return content;
  const key = matchedKey(usable, presented, content);
  if (key instanceof Refused) return key;

  const time = early ?? lateTime(scheme.timestamp, delivery, nowSeconds);
  const refused = time instanceof Refused ? time : unmet(scheme, delivery);
  if (refused) return refused;
  return genuine(
    { key, integrity: plan.integrity, signedAtSeconds: (time as Time | undefined)?.seconds },
    () => keyOfId(id) ?? pointerKey(scheme, delivery) ?? keyOfContent(content),
  );
}

/** The time in a header, checked before any work is done for a stale delivery. */
function earlyTime(source: TimestampSource | undefined, delivery: Delivery, found: Found, nowSeconds: number): Time | Refused | undefined {
  if (!source || source.pointer !== undefined) return undefined;
  const text = source.header !== undefined ? soleHeader(delivery, source.header) : listed(found, source.label!);
  return text instanceof Refused ? text : timeOf(text, source, nowSeconds);
}

/** The time in the body, which is read only once it is verified. */
function lateTime(source: TimestampSource | undefined, { body }: Delivery, nowSeconds: number): Time | Refused | undefined {
  if (source?.pointer === undefined) return undefined;
  const value = at(tryJson(body), source.pointer);
  return typeof value === 'string' || typeof value === 'number' ? timeOf(String(value), source, nowSeconds) : new Refused('malformed-timestamp');
}

function timeOf(text: string, { unit, toleranceSeconds }: TimestampSource, nowSeconds: number): Time | Refused {
  const seconds = readTimestamp(text, unit);
  if (seconds instanceof Refused) return seconds;
  return outsideWindow(seconds, nowSeconds, toleranceSeconds) ?? { text, seconds };
}

/** An id with a separator in it would let the boundary between id and body move (Standard Webhooks, "Security considerations"). */
function signedId({ id }: DetachedScheme, { separators }: Plan, delivery: Delivery): string | Refused | undefined {
  if (!id || !('header' in id)) return undefined;
  const value = soleHeader(delivery, id.header);
  if (value instanceof Refused) return value;
  if (!ID.test(value)) return new Refused('malformed-id');
  for (const separator of separators) if (value.includes(separator)) return new Refused('malformed-id');
  return value;
}

function usableKeys(scheme: DetachedScheme, { algorithms }: Plan, delivery: Delivery, keys: readonly Key[]): readonly Candidate[] | Refused {
  const usable = candidates(keys, algorithms);
  if (!scheme.certificate) return usable.length > 0 ? usable : new Refused('no-usable-key');
  const url = certificateUrl(delivery, scheme.certificate);
  if (url instanceof Refused) return url;
  const asked = named(usable, url);
  return asked.length > 0 ? asked : new Refused('unknown-key');
}

function pointerKey({ id }: DetachedScheme, { body }: Delivery): string | undefined {
  return id && 'pointer' in id ? keyOfPointer(body, id.pointer) : undefined;
}
