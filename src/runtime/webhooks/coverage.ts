import { signedPointers } from './canonical/aws-sns';
import type { DetachedScheme, MessageScheme, Part, PartName, Scheme } from './scheme';
import type { Integrity } from './verdict';

/** What each part says of the body. */
const COVERS: Readonly<Partial<Record<PartName, Integrity>>> = {
  'body': 'body', 'contentful': 'body', 'twilio': 'fields', 'adyen': 'fields', 'aws-sns': 'fields', 'crc32': 'checksum',
};

/** How much of the body a scheme vouches for. */
export function integrityOf(scheme: Scheme): Integrity {
  if (scheme.type === 'static') return 'none';
  if (scheme.type !== 'detached') return 'body';
  const covers = scheme.content.map((part) => typeof part === 'string' ? COVERS[part] : undefined);
  return (['body', 'fields', 'checksum'] as const).find((one) => covers.includes(one)) ?? 'none';
}

/** Throws for a scheme whose members are fine each by itself, and together verify less than they seem to. */
export function requireSense(scheme: Scheme, where: string): void {
  for (const requirement of scheme.require ?? []) requireOne(requirement, ['header', 'pointer', 'claim'], `${where}.require`);
  if (scheme.type === 'detached') requireDetachedSense(scheme, where);
  if (scheme.type === 'http-message') requireMessageSense(scheme, where);
  if (scheme.type !== 'jwt' && scheme.require?.some(({ claim }) => claim !== undefined)) throw new Error(`${where}.require must name no claim`);
}

function requireDetachedSense(scheme: DetachedScheme, where: string): void {
  const { content, signature, timestamp, id, certificate, settings = {} } = scheme;
  if (integrityOf(scheme) === 'none') throw new Error(`${where}.content must cover the body`);
  const missing = content.find((part) => typeof part === 'object' && 'setting' in part && !Object.hasOwn(settings, part.setting));
  if (missing) throw new Error(`${where}.settings must have '${(missing as { setting: string }).setting}'`);
  if (timestamp) {
    requireOne(timestamp, ['header', 'label', 'pointer'], `${where}.timestamp`);
    if (timestamp.pointer !== undefined) requireSignedPointer(scheme, timestamp.pointer, `${where}.timestamp`);
    else if (!content.includes('timestamp') && !content.includes('contentful')) throw new Error(`${where}.content must cover the timestamp`);
    if (timestamp.label !== undefined && signature.from !== 'list') throw new Error(`${where}.timestamp.label must go with a list of signatures`);
  }
  requireCovered(content, 'timestamp', timestamp?.header ?? timestamp?.label, where);
  requireCovered(content, 'id', id && 'header' in id ? id.header : undefined, where);
  if (id && 'pointer' in id) requireSignedPointer(scheme, id.pointer, `${where}.id`);
  if (id && 'header' in id && !content.includes('id')) throw new Error(`${where}.content must cover the id`);
  if (certificate) requireOne(certificate, ['header', 'pointer'], `${where}.certificate`);
  if (signature.from === 'list' && scheme.accepts.some(({ label }) => label === undefined)) throw new Error(`${where}.accepts must have labels`);
}

function requireMessageSense({ components }: MessageScheme, where: string): void {
  if (!components.includes('content-digest')) throw new Error(`${where}.components must include content-digest, else the body could be any`);
}

function requireOne(value: object, names: readonly string[], where: string): void {
  if (names.filter((name) => name in value).length !== 1) throw new Error(`${where} must have exactly one of ${names.join(', ')}`);
}

/** A part needs something to be made of. */
function requireCovered(content: readonly Part[], part: PartName, source: string | undefined, where: string): void {
  if (content.includes(part) && source === undefined) throw new Error(`${where} must say where the ${part} of its content comes from`);
}

/** What the signature does not cover tells neither time nor deliveries apart. */
function requireSignedPointer(scheme: DetachedScheme, pointer: string, where: string): void {
  const isSigned = integrityOf(scheme) === 'body' || (scheme.content.includes('aws-sns') && signedPointers.includes(pointer));
  if (!isSigned) throw new Error(`${where}.pointer must point to what the signature covers`);
}
