import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { SchemeIntegrity } from './bound-scheme';
import type { DetachedDocument } from './detached-scheme';
import { PartDocument } from './own-parts';
import { ConfigurationError } from '../../private';

/** What each part says of the body. */
const COVERS: ReadonlyMap<PartDocument, SchemeIntegrity> = new Map<PartDocument, SchemeIntegrity>([
  ['body', 'body'], ['contentful', 'body'], ['twilio', 'fields'], ['adyen', 'fields'], ['aws-sns', 'fields'], ['crc32', 'checksum'],
]);

/** Fields that every message of Amazon SNS signs (SNS Developer Guide, "Verifying the signatures of Amazon SNS messages"). */
const SNS_POINTERS = ['/Message', '/MessageId', '/Timestamp', '/TopicArn', '/Type'];

/** Refuses a scheme whose members are fine each by itself, and together verify less than they seem to. Says how much of a body it covers. */
export function requireDetachedSense(scope: IConstruct, document: DetachedDocument): SchemeIntegrity {
  const { content, signature, accepts } = document;
  const integrity = integrityOf(content);
  if (integrity === 'none') {
    throw new ConfigurationError(scope, "'content' must cover the body, got no part that does; add SignedPart.body()");
  }
  requireSettings(scope, document);
  requireTime(scope, document, integrity);
  requireId(scope, document, integrity);
  if (signature.from === 'list' && accepts.some(({ label }) => label === undefined)) {
    throw new ConfigurationError(scope, "'accepts' must have labels where signatures are in a list, got one without; name it as in the list");
  }
  return integrity;
}

function integrityOf(content: readonly PartDocument[]): SchemeIntegrity {
  const covers = content.map((part) => COVERS.get(part));
  return (['body', 'fields', 'checksum'] as const).find((one) => covers.includes(one)) ?? 'none';
}

function requireSettings(scope: IConstruct, { content, settings = {} }: DetachedDocument): void {
  for (const part of content) {
    if (typeof part === 'string' || !('setting' in part) || Object.hasOwn(settings, part.setting)) continue;
    throw new ConfigurationError(scope, `'settings' must have '${part.setting}', got none; give the value that 'content' names`);
  }
}

function requireTime(scope: IConstruct, { content, timestamp, signature }: DetachedDocument, integrity: SchemeIntegrity): void {
  const isInContent = content.includes('timestamp');
  if (isInContent && timestamp?.header === undefined && timestamp?.label === undefined) {
    throw new ConfigurationError(scope, "'timestamp' must be a header or a label where 'content' has it, got neither; say where the time is");
  }
  if (!timestamp) return;
  if (timestamp.pointer !== undefined) return requireSignedPointer(scope, 'timestamp', timestamp.pointer, content, integrity);
  if (!isInContent && !content.includes('contentful')) {
    throw new ConfigurationError(scope, "'content' must cover the timestamp, got no part that does; add SignedPart.timestamp() where it is signed");
  }
  if (timestamp.label !== undefined && signature.from !== 'list') {
    throw new ConfigurationError(scope, "'timestamp' must be in a list of signatures to have a label, got another source; use SignedTime.header");
  }
}

function requireId(scope: IConstruct, { content, id }: DetachedDocument, integrity: SchemeIntegrity): void {
  const isInContent = content.includes('id');
  if (isInContent && id?.header === undefined) {
    throw new ConfigurationError(scope, "'id' must be a header where 'content' has it, got none; say where the id is");
  }
  if (!id) return;
  if (id.pointer !== undefined) return requireSignedPointer(scope, 'id', id.pointer, content, integrity);
  if (!isInContent) {
    throw new ConfigurationError(scope, "'content' must cover the id, got no part that does; leave 'id' out unless the sender signs it");
  }
}

/** What the signature does not cover tells neither time nor deliveries apart. */
function requireSignedPointer(scope: IConstruct, prop: string, pointer: string, content: readonly PartDocument[], integrity: SchemeIntegrity): void {
  if (integrity === 'body' || (content.includes('aws-sns') && (SNS_POINTERS.includes(pointer) || Token.isUnresolved(pointer)))) return;
  throw new ConfigurationError(scope, `'${prop}' must point to what the signature covers, got '${pointer}'; only part of the body is signed`);
}
