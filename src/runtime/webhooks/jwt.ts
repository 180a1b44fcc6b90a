import { createHash } from 'node:crypto';
import { keyOfContent, keyOfId } from './dedupe';
import { Delivery, soleHeader } from './delivery';
import { tryDecode } from './encodings';
import { tryJson } from './json';
import { JWT_ALGORITHMS, JwtAlgorithm } from './jwt-algorithms';
import { jwtTime } from './jwt-time';
import { answering, candidates, Key, matchedKey } from './keys';
import { unmet } from './requirements';
import type { JwtScheme } from './scheme';
import { genuine, Refused, Verdict } from './verdict';

/** Critical extensions, of which none is understood (RFC 7515, 4.1.11), and keys that a token brings along (RFC 7515, 4.1.2 to 4.1.6). */
const UNSUPPORTED_HEADERS = ['crit', 'jku', 'jwk', 'x5u', 'x5c'];

const KEY_ID = /^[\x21-\x7e]{1,256}$/;

interface Jwt {
  readonly algorithm: JwtAlgorithm;
  readonly keyId?: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Judges a JWT that carries a hash of the body. */
export function verifyJwt(delivery: Delivery, scheme: JwtScheme, keys: readonly Key[], nowSeconds: number): Verdict {
  const jwt = readJwt(delivery, scheme);
  if (jwt instanceof Refused) return jwt;
  const { algorithm, keyId, payload, signed, signature } = jwt;
  const suitable = candidates(keys, [JWT_ALGORITHMS[algorithm]]);
  if (suitable.length === 0) return new Refused('no-usable-key');
  const usable = answering(suitable, keyId);
  if (usable.length === 0) return new Refused('unknown-key');
  const key = matchedKey(usable, [{ algorithm: JWT_ALGORITHMS[algorithm], bytes: signature }], [signed]);
  if (key instanceof Refused) return key;

  const signedAtSeconds = jwtTime(payload, scheme, nowSeconds);
  if (signedAtSeconds instanceof Refused) return signedAtSeconds;
  if (!hasHashOf(delivery.body, payload, scheme)) return new Refused('digest-mismatch');
  if (scheme.urlClaim !== undefined && claimOf(payload, scheme.urlClaim) !== delivery.url) return new Refused('not-allowed');
  const refused = unmet(scheme, delivery, payload);
  if (refused) return refused;
  const id = scheme.idClaim === undefined ? undefined : keyOfId(claimOf(payload, scheme.idClaim));
  return genuine({ key, integrity: 'body', signedAtSeconds }, () => id ?? keyOfContent([signed]));
}

function readJwt(delivery: Delivery, { header: name, algorithms }: JwtScheme): Jwt | Refused {
  const text = soleHeader(delivery, name);
  if (text instanceof Refused) return text;
  const parts = text.split('.', 4);
  const [header, payload, signature] = parts.map((part) => tryDecode(part, 'base64url'));
  if (parts.length !== 3 || !header || !payload || !signature) return new Refused('malformed-signature');
  const fields = objectOf(tryJson(header));
  const claims = objectOf(tryJson(payload));
  if (!fields || !claims) return new Refused('malformed-signature');

  const algorithm = algorithms.find((known) => known === fields.alg);
  if (!algorithm || UNSUPPORTED_HEADERS.some((one) => Object.hasOwn(fields, one))) return new Refused('unsupported-algorithm');
  const { kid } = fields;
  if (kid !== undefined && (typeof kid !== 'string' || !KEY_ID.test(kid))) return new Refused('unknown-key');
  return {
    algorithm,
    ...kid === undefined ? {} : { keyId: kid },
    payload: claims,
    signed: `${parts[0]}.${parts[1]}`,
    signature,
  };
}

/** Some senders pad base64url; what is compared is a hash that the signature covers, so that both ways are fine. */
function hasHashOf(body: Buffer, payload: Readonly<Record<string, unknown>>, { bodyHash: { claim, encoding } }: JwtScheme): boolean {
  const value = claimOf(payload, claim);
  return typeof value === 'string' && value.replace(/=$/, '') === createHash('sha256').update(body).digest(encoding);
}

function claimOf(payload: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(payload, name) ? payload[name] : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined;
}
