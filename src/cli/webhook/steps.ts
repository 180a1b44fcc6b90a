import { Delivery, headerValues, optionalHeader } from '../../runtime/webhooks/delivery';
import type { Key } from '../../runtime/webhooks/keys';
import type { Part, Requirement, Scheme, SignatureSource, TimestampSource } from '../../runtime/webhooks/scheme';
import { Reason, Refused } from '../../runtime/webhooks/verdict';

/** One thing that a verifier looks at: what it is, what was seen of it, and the reasons that it refuses for. */
export interface Step {
  readonly title: string;
  readonly seen: string;
  readonly reasons: readonly Reason[];
}

const HEADER: readonly Reason[] = ['missing-header', 'duplicate-header', 'malformed-header', 'header-too-large'];
const TIME: readonly Reason[] = ['malformed-timestamp', 'stale', 'premature'];

/** The steps of a scheme in their order. What is seen tells names, counts, lengths and times: no key, no signature, nothing of the body. */
export function stepsOf(scheme: Scheme, delivery: Delivery, keys: readonly Key[]): readonly Step[] {
  const size: Step = {
    title: 'size', seen: `a body of ${delivery.body.length} bytes, ${delivery.headers.length} headers`, reasons: ['body-too-large', 'header-too-large'],
  };
  const key: Step = { title: 'keys', seen: `${keys.length} given`, reasons: ['no-usable-key', 'unknown-key', 'key-not-allowed', 'unsupported-algorithm'] };
  const required: Step = { title: 'requirements', seen: (scheme.require ?? []).map(subjectOf).join(', ') || 'none', reasons: ['not-allowed'] };
  return [size, ...ofEngine(scheme, delivery, key), required];
}

function ofEngine(scheme: Scheme, delivery: Delivery, key: Step): readonly Step[] {
  switch (scheme.type) {
    case 'detached': {
      const presence = { title: 'signature', seen: placeOf(scheme.signature, delivery), reasons: lacking(delivery, headersOf(scheme.signature)) };
      const time = scheme.timestamp && timeStep(scheme.timestamp, delivery);
      const id = scheme.id && 'header' in scheme.id ? scheme.id.header : undefined;
      const late = scheme.timestamp?.pointer !== undefined;
      return [
        presence,
        ...time && !late ? [time] : [],
        ...id === undefined ? [] : [{ title: 'id', seen: presenceOf(delivery, id), reasons: ['malformed-id', ...lacking(delivery, [id])] as Reason[] }],
        { title: 'encoding', seen: scheme.accepts.map((kind) => `${kind.label ?? ''} ${kind.algorithm} in ${kind.encoding}`.trim()).join(', '), reasons: ['malformed-signature', 'too-many-signatures'] },
        key,
        { title: 'content', seen: scheme.content.map(partOf).join(' + '), reasons: ['malformed-body', 'malformed-url', 'not-covered', 'digest-mismatch', ...HEADER] },
        { title: 'match', seen: 'a signature of the content by one of the keys', reasons: ['forged'] },
        ...time && late ? [time] : [],
      ];
    }
    case 'jwt':
      return [
        { title: 'token', seen: presenceOf(delivery, scheme.header), reasons: [...HEADER, 'malformed-signature', 'unsupported-algorithm'] },
        key,
        { title: 'match', seen: `a signature by one of the keys, ${scheme.algorithms.join(' or ')}`, reasons: ['forged'] },
        { title: 'time', seen: `${scheme.time}, ${scheme.toleranceSeconds} s of tolerance`, reasons: TIME },
        { title: 'body', seen: `its hash in the claim ${scheme.bodyHash.claim}`, reasons: ['digest-mismatch'] },
      ];
    case 'http-message':
      return [
        { title: 'signature', seen: ['signature-input', 'signature'].map((name) => presenceOf(delivery, name)).join(', '), reasons: lacking(delivery, ['signature-input', 'signature']) },
        { title: 'form', seen: 'dictionaries of structured fields', reasons: ['malformed-signature', 'too-many-signatures'] },
        key,
        { title: 'digest', seen: presenceOf(delivery, 'content-digest'), reasons: [...HEADER, 'digest-mismatch'] },
        { title: 'cover', seen: scheme.components.join(', '), reasons: ['not-covered'] },
        { title: 'time', seen: `created, ${scheme.toleranceSeconds} s of tolerance`, reasons: TIME },
        { title: 'match', seen: 'a signature by one of the keys', reasons: ['forged'] },
      ];
    case 'static':
      return [
        { title: 'password', seen: presenceOf(delivery, scheme.header), reasons: [...HEADER, 'malformed-signature'] },
        key,
        { title: 'match', seen: 'one of the keys', reasons: ['forged'] },
      ];
  }
}

function timeStep({ header, label, pointer, toleranceSeconds }: TimestampSource, delivery: Delivery): Step {
  const place = header !== undefined ? presenceOf(delivery, header) : label !== undefined ? `'${label}' in the list` : `${pointer} in the body`;
  return { title: 'time', seen: `${place}, ${toleranceSeconds} s of tolerance`, reasons: [...TIME, ...header === undefined ? HEADER : lacking(delivery, [header])] };
}

/** The reasons of headers if one of these is at fault, so that of two steps that may lack one the right one is told. */
function lacking(delivery: Delivery, names: readonly string[]): readonly Reason[] {
  const values = names.map((name) => optionalHeader(delivery, name));
  const faulty = values.some((value) => value instanceof Refused) || values.every((value) => value === undefined);
  return faulty ? HEADER : [];
}

function headersOf(source: SignatureSource): readonly string[] {
  if (source.from === 'body') return [];
  return source.from === 'header' ? source.names : source.from === 'list' ? [source.name] : Array.from({ length: source.most }, (_, index) => `${source.name}${index + 1}`);
}

function placeOf(source: SignatureSource, delivery: Delivery): string {
  if (source.from === 'body') return `${source.pointer} in the body`;
  const present = headersOf(source).filter((name) => headerValues(delivery, name).length > 0);
  return present.length > 0 ? present.map((name) => presenceOf(delivery, name)).join(', ') : `${headersOf(source)[0]}: absent`;
}

function presenceOf(delivery: Delivery, name: string): string {
  const { length } = headerValues(delivery, name);
  return `${name}: ${length === 0 ? 'absent' : length === 1 ? 'there' : `there ${length} times`}`;
}

function partOf(part: Part): string {
  return typeof part === 'string' ? part : 'literal' in part ? JSON.stringify(part.literal) : `setting ${part.setting}`;
}

function subjectOf({ header, pointer, claim }: Requirement): string {
  return header !== undefined ? `header ${header}` : pointer !== undefined ? `${pointer} in the body` : `claim ${claim}`;
}
