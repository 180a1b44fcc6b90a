import { ALGORITHMS } from './algorithms';
import { requireSense } from './coverage';
import { ENCODINGS } from './encodings';
import { JWT_ALGORITHMS, JwtAlgorithm } from './jwt-algorithms';
import { KEY_FORMATS } from './key-formats';
import { MAX_BODY_BYTES } from './limits';
import { withPreset } from './presets';
import {
  Accepted, CertificateSource, DetachedScheme, HANDSHAKES, JwtScheme, MessageScheme, PARTS, Requirement, Scheme, SignatureSource, StaticScheme,
  TimestampSource,
} from './scheme';
import { listOf, mapOf, oneOf, optional, Reader, shapeOf, text, textOr, variantOf, wholeNumber } from './shape';
import { TIME_UNITS } from './timestamps';

/** Field names are tokens (RFC 9110, 5.1), in lower case here. */
const header = text(/^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/, 'a header name in lower case');
const pointer = text(/^(\/([^~/]|~[01])+){1,8}$/, 'a JSON Pointer to a member');
const name = text(/^[A-Za-z0-9_.:/-]{1,64}$/, 'a name');
const label = text(/^[A-Za-z0-9_.=-]{1,32}$/, 'a label of letters, digits and _ . = -');
const literal = text(/^[\x20-\x7e\n]{1,64}$/, 'printable ASCII of 1 to 64 characters');
const value = text(/^[\x20-\x7e]{1,512}$/, 'printable ASCII of 1 to 512 characters');
const separator = text(/^[ ,;]$/, 'a blank, a comma or a semicolon');
const assign = text(/^[,=]$/, 'a comma or an equals sign');
const component = text(/^(@(method|target-uri|authority|scheme|request-target|path|query)|[a-z0-9-]{1,128})$/, 'a component of a request');

/** A day: clocks are not off by more, and what is older is a replay. */
const tolerance = wholeNumber(1, 24 * 60 * 60);

const common = {
  key: oneOf(KEY_FORMATS),
  maxBodyBytes: optional(wholeNumber(1, MAX_BODY_BYTES)),
  require: optional(listOf(shapeOf<Requirement>({
    header: optional(header), pointer: optional(pointer), claim: optional(name), oneOf: listOf(value, 256),
  }))),
  handshake: optional(oneOf(HANDSHAKES)),
};

const namedPart = variantByMember<{ literal: string } | { setting: string }>({ literal: shapeOf({ literal }), setting: shapeOf({ setting: name }) });

const detached = shapeOf<DetachedScheme>({
  ...common,
  type: oneOf(['detached']),
  accepts: listOf(shapeOf<Accepted>({ label: optional(label), algorithm: oneOf(ALGORITHMS), encoding: oneOf(ENCODINGS) })),
  signature: variantOf<SignatureSource>('from', {
    header: shapeOf({ from: oneOf(['header']), names: listOf(header) }),
    numbered: shapeOf({ from: oneOf(['numbered']), name: header, most: wholeNumber(1, 100) }),
    list: shapeOf({ from: oneOf(['list']), name: header, separator, assign }),
    body: shapeOf({ from: oneOf(['body']), pointer }),
  }),
  content: listOf(textOr(oneOf(PARTS), namedPart)),
  settings: optional(mapOf(value)),
  timestamp: optional(shapeOf<TimestampSource>({
    header: optional(header), label: optional(label), pointer: optional(pointer), unit: oneOf(TIME_UNITS), toleranceSeconds: tolerance,
  })),
  id: optional(variantByMember<{ header: string } | { pointer: string }>({ header: shapeOf({ header }), pointer: shapeOf({ pointer }) })),
  certificate: optional(shapeOf<CertificateSource>({ header: optional(header), pointer: optional(pointer), url: pattern })),
});

const jwt = shapeOf<JwtScheme>({
  ...common,
  type: oneOf(['jwt']),
  header,
  algorithms: listOf(oneOf(Object.keys(JWT_ALGORITHMS) as JwtAlgorithm[])),
  bodyHash: shapeOf({ claim: name, encoding: oneOf(['hex', 'base64url'] as const) }),
  time: oneOf(['iat', 'exp'] as const),
  toleranceSeconds: tolerance,
  urlClaim: optional(name),
  idClaim: optional(name),
});

const message = shapeOf<MessageScheme>({
  ...common,
  type: oneOf(['http-message']),
  algorithms: listOf(oneOf(ALGORITHMS)),
  components: listOf(component),
  toleranceSeconds: tolerance,
  tag: optional(value),
  id: optional(shapeOf({ pointer })),
});

const staticSecret = shapeOf<StaticScheme>({ ...common, type: oneOf(['static']), header, prefix: optional(literal) });

const scheme = variantOf<Scheme>('type', { 'detached': detached, 'jwt': jwt, 'http-message': message, 'static': staticSecret });

/**
 * Reads a scheme; throws, saying what is wrong, for anything that is not exactly one. Run it at start-up, so that a function which could not
 * judge deliveries never runs.
 *
 * A scheme is written out, or is `{ "preset": "github" }` and what may be said besides, see `withPreset`.
 */
export function parseScheme(given: unknown, where = 'scheme'): Scheme {
  const read = scheme(withPreset(given, where), where);
  requireSense(read, where);
  return read;
}

/** Reads a scheme from the JSON text of an environment variable. */
export function parseSchemeText(json: string | undefined, where: string): Scheme {
  return parseScheme(jsonOf(json, where), where);
}

function jsonOf(json: string | undefined, where: string): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    throw new Error(`${where} must be JSON`);
  }
}

function variantByMember<T>(variants: Readonly<Record<string, Reader<T>>>): Reader<T> {
  return (given, where) => {
    const member = Object.keys(variants).find((one) => typeof given === 'object' && given !== null && one in given);
    if (member === undefined) throw new Error(`${where} must have a member of ${Object.keys(variants).join(', ')}`);
    return variants[member](given, where);
  };
}

/** A regular expression of a URL; it begins with the scheme, so that nothing but https can ever match. */
function pattern(given: unknown, where: string): string {
  const source = text(/^\^https:\/\/.+\$$/, "a regular expression from '^https://' to '$'")(given, where);
  try {
    return new RegExp(source).source && source;
  } catch {
    throw new Error(`${where} must be a regular expression`);
  }
}
