import { IConstruct } from 'constructs';
import { BoundScheme, SchemeIntegrity } from './bound-scheme';
import { requireDetachedSense } from './detached-sense';
import { PartDocument, PlaceDocument, SourceDocument } from './own-parts';
import { DEFAULT_TOLERANCE_SECONDS, ownScheme } from './own-scheme';
import { membersOf, requireMembers, requireTolerance, secondsOf } from './scheme-members';
import { requireEntries, requireText } from './scheme-texts';
import { ConfigurationError, requireInteger } from '../../private';
import { DetachedSchemeOptions } from '../detached-scheme-options';

/** What the verifier reads of a detached scheme. */
export interface DetachedDocument {
  readonly type: 'detached';
  readonly key: string;
  readonly accepts: readonly { readonly label?: string; readonly algorithm: string; readonly encoding: string }[];
  readonly signature: SourceDocument;
  readonly content: readonly PartDocument[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly timestamp?: PlaceDocument & { readonly unit: string; readonly toleranceSeconds: number };
  readonly id?: PlaceDocument;
  readonly certificate?: PlaceDocument & { readonly url: string };
}

/** Writes a detached scheme down, whatever it is worth. */
export function detachedDocument(options: DetachedSchemeOptions): DetachedDocument {
  const { keyFormat, accepts, signature, content, settings, timestamp, id, certificate, tolerance } = options;
  const toleranceSeconds = tolerance ? secondsOf(tolerance) : DEFAULT_TOLERANCE_SECONDS;
  return {
    type: 'detached',
    key: keyFormat,
    accepts: accepts.map(({ algorithm, encoding, label }) => ({ ...label !== undefined && { label }, algorithm, encoding })),
    signature: signature._bind(),
    content: content.map((part) => part._bind()),
    ...settings && { settings },
    ...timestamp && { timestamp: { ...timestamp._bind(), toleranceSeconds } },
    ...id && { id: id._bind() },
    ...certificate && { certificate: certificate._bind() },
    ...membersOf(options),
  };
}

/** Refuses what the verifier would not take, and writes the rest down. */
export function detachedScheme(scope: IConstruct, options: DetachedSchemeOptions): BoundScheme {
  const { tolerance, keyFormat, handshake } = options;
  if (tolerance) {
    if (!options.timestamp) throw new ConfigurationError(scope, "'tolerance' must go with 'timestamp', got none; say where the signed time is");
    requireTolerance(scope, tolerance);
  }
  requireMembers(scope, options, false);
  const document = detachedDocument(options);
  requireTexts(scope, document);
  requireSource(scope, document.signature);
  const integrity: SchemeIntegrity = requireDetachedSense(scope, document);
  const namesCertificate = document.certificate !== undefined;
  return ownScheme({ document, signsTime: document.timestamp !== undefined, integrity, keyFormat, namesCertificate, handshake });
}

function requireTexts(scope: IConstruct, { accepts, content, settings = {}, timestamp, id, certificate }: DetachedDocument): void {
  requireEntries(scope, 'accepts', accepts);
  for (const { label } of accepts) requireText(scope, 'accepts', 'label', label);
  requireEntries(scope, 'content', content);
  for (const part of content) requirePart(scope, part);
  for (const [name, value] of Object.entries(settings)) requireText(scope, `settings.${name}`, 'value', value);
  requirePlace(scope, 'timestamp', timestamp);
  requirePlace(scope, 'id', id);
  requirePlace(scope, 'certificate', certificate);
  if (certificate) requireUrlPattern(scope, certificate.url);
}

function requirePart(scope: IConstruct, part: PartDocument): void {
  if (typeof part === 'string') return;
  if ('literal' in part) requireText(scope, 'content', 'literal', part.literal);
  else requireText(scope, 'content', 'name', part.setting);
}

function requirePlace(scope: IConstruct, prop: string, place: PlaceDocument = {}): void {
  requireText(scope, prop, 'header', place.header);
  requireText(scope, prop, 'label', place.label);
  requireText(scope, prop, 'pointer', place.pointer);
}

function requireSource(scope: IConstruct, source: SourceDocument): void {
  if (source.from === 'header') {
    requireEntries(scope, 'signature', source.names);
    for (const name of source.names) requireText(scope, 'signature', 'header', name);
    return;
  }
  if (source.from === 'body') return requireText(scope, 'signature', 'pointer', source.pointer);
  requireText(scope, 'signature', 'header', source.name);
  if (source.from === 'numbered') return requireInteger(scope, 'signature', source.most, 1, 100);
  requireText(scope, 'signature', 'separator', source.separator);
  requireText(scope, 'signature', 'assign', source.assign);
}

function requireUrlPattern(scope: IConstruct, pattern: string): void {
  requireText(scope, 'certificate', 'certificateUrl', pattern);
  if (!isRegularExpression(pattern)) {
    throw new ConfigurationError(scope, `'certificate' must be a regular expression, got '${pattern}'; close its brackets`);
  }
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
