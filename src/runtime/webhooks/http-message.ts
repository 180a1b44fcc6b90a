import type { Algorithm } from './algorithms';
import { digestProblem } from './content-digest';
import { keyOfContent, keyOfPointer } from './dedupe';
import { Delivery, soleHeader } from './delivery';
import { answering, Candidate, candidates, Key, matchedKey } from './keys';
import { unmet } from './requirements';
import type { MessageScheme } from './scheme';
import { coveredComponents, trySignatureBase } from './signature-base';
import { BareItem, Dictionary, InnerList, Item, Parameters, tryDictionary } from './structured-fields';
import { outsideWindow } from './timestamps';
import { genuine, MatchedKey, Refused, Verdict } from './verdict';

/** Labels of a request that are looked at: one signature is enough, and others may be of intermediaries. */
const MAX_LABELS = 8;

/** What one signature of the request showed. */
interface Verified {
  readonly key: MatchedKey;
  readonly base: string;
  readonly createdSeconds: number;
}

/** Judges the HTTP Message Signatures of a request (RFC 9421); one that covers enough and verifies makes it genuine. */
export function verifyMessage(delivery: Delivery, scheme: MessageScheme, keys: readonly Key[], nowSeconds: number): Verdict {
  const inputs = dictionary(delivery, 'signature-input');
  if (inputs instanceof Refused) return inputs;
  const signatures = dictionary(delivery, 'signature');
  if (signatures instanceof Refused) return signatures;
  if (inputs.size > MAX_LABELS) return new Refused('too-many-signatures');
  const usable = candidates(keys, scheme.algorithms);
  if (usable.length === 0) return new Refused('no-usable-key');
  const problem = digestProblem(delivery);
  if (problem) return problem;

  const results = [...inputs].map(([label, input]) => judgeOne(delivery, scheme, usable, nowSeconds, input, signatures.get(label)));
  const verified = results.find((result) => !(result instanceof Refused)) ?? results[0];
  const refused = verified instanceof Refused ? verified : unmet(scheme, delivery);
  if (refused) return refused;
  const { key, base, createdSeconds } = verified as Verified;
  return genuine(
    { key, integrity: 'body', signedAtSeconds: createdSeconds },
    () => (scheme.id && keyOfPointer(delivery.body, scheme.id.pointer)) ?? keyOfContent([base]),
  );
}

function dictionary(delivery: Delivery, name: string): Dictionary | Refused {
  const text = soleHeader(delivery, name);
  return text instanceof Refused ? text : tryDictionary(text) ?? new Refused('malformed-signature');
}

type Member = InnerList | Item;

function judgeOne(
  delivery: Delivery, scheme: MessageScheme, usable: readonly Candidate[], nowSeconds: number, input: Member, signature: Member | undefined,
): Verified | Refused {
  if (input.kind !== 'inner-list' || signature?.kind !== 'item' || signature.bare.type !== 'bytes') return new Refused('malformed-signature');
  const covered = coveredComponents(input);
  if (!scheme.components.every((component) => covered.includes(component))) return new Refused('not-covered');
  if (scheme.tag !== undefined && textOf(input.parameters.get('tag')) !== scheme.tag) return new Refused('not-allowed');
  const createdSeconds = createdAt(input.parameters, scheme, nowSeconds);
  if (createdSeconds instanceof Refused) return createdSeconds;
  const algorithms = algorithmsOf(input.parameters, scheme);
  const keys = keysOf(input.parameters, usable);
  if (algorithms.length === 0) return new Refused('unsupported-algorithm');
  if (keys.length === 0) return new Refused('unknown-key');
  const base = trySignatureBase(delivery, input);
  if (base === undefined) return new Refused('not-covered');

  const { value: bytes } = signature.bare;
  const key = matchedKey(keys, algorithms.map((algorithm) => ({ algorithm, bytes })), [base]);
  return key instanceof Refused ? key : { key, base, createdSeconds };
}

/** `created` must be there and of now; `expires`, if there, not past (RFC 9421, 2.3). */
function createdAt(parameters: Parameters, { toleranceSeconds }: MessageScheme, nowSeconds: number): number | Refused {
  const created = parameters.get('created');
  const expires = parameters.get('expires');
  if (created?.type !== 'integer' || (expires && expires.type !== 'integer')) return new Refused('malformed-timestamp');
  if (expires && nowSeconds > expires.value) return new Refused('stale');
  return outsideWindow(created.value, nowSeconds, toleranceSeconds) ?? created.value;
}

/** `alg` narrows what the scheme accepts, and never widens it (RFC 9421, 7.3.6). */
function algorithmsOf(parameters: Parameters, { algorithms }: MessageScheme): readonly Algorithm[] {
  const stated = parameters.get('alg');
  return stated ? algorithms.filter((algorithm) => algorithm === textOf(stated)) : algorithms;
}

function keysOf(parameters: Parameters, usable: readonly Candidate[]): readonly Candidate[] {
  const id = parameters.get('keyid');
  return id && id.type !== 'string' ? [] : answering(usable, textOf(id));
}

function textOf(item: BareItem | undefined): string | undefined {
  return item?.type === 'string' ? item.value : undefined;
}
