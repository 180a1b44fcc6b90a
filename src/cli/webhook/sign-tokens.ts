import { createHash } from 'node:crypto';
import { Signer } from './signer';
import type { Delivery } from '../../runtime/webhooks/delivery';
import { JWT_ALGORITHMS } from '../../runtime/webhooks/jwt-algorithms';
import type { JwtScheme, MessageScheme } from '../../runtime/webhooks/scheme';
import { trySignatureBase } from '../../runtime/webhooks/signature-base';
import { InnerList, tryDictionary } from '../../runtime/webhooks/structured-fields';
import { Refused } from '../../runtime/webhooks/verdict';

/** What a token or a signature says besides what the scheme asks for. */
export interface Stated {
  readonly nowSeconds: number;
  readonly id: string;
  readonly keyId?: string;
}

/** A JWT is good for as long. */
const LIFETIME_SECONDS = 300;

/** The request with a JWT over a hash of its body. */
export function signJwt(sent: Delivery, scheme: JwtScheme, signer: Signer, { nowSeconds, id, keyId }: Stated): Delivery | Refused {
  const algorithm = scheme.algorithms.find((name) => signer.suits(JWT_ALGORITHMS[name]));
  if (!algorithm) return new Refused('no-usable-key');
  const issued = Math.floor(nowSeconds);
  const claims = {
    ...Object.fromEntries((scheme.require ?? []).flatMap(({ claim, oneOf }) => claim === undefined ? [] : [[claim, oneOf[0]]])),
    ...scheme.urlClaim !== undefined && { [scheme.urlClaim]: sent.url },
    ...scheme.idClaim !== undefined && { [scheme.idClaim]: id },
    iat: issued,
    ...scheme.time === 'exp' && { nbf: issued, exp: issued + LIFETIME_SECONDS },
    [scheme.bodyHash.claim]: createHash('sha256').update(sent.body).digest(scheme.bodyHash.encoding),
  };
  const parts = [{ alg: algorithm, typ: 'JWT', ...keyId !== undefined && { kid: keyId } }, claims];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = signer.sign(JWT_ALGORITHMS[algorithm], [signed]).toString('base64url');
  return { ...sent, headers: [...sent.headers, [scheme.header, `${signed}.${signature}`]] };
}

/** The request with an HTTP Message Signature (RFC 9421) and a digest of its body (RFC 9530). */
export function signMessage(sent: Delivery, scheme: MessageScheme, signer: Signer, { nowSeconds, keyId }: Stated): Delivery | Refused {
  const algorithm = scheme.algorithms.find((name) => signer.suits(name));
  if (!algorithm) return new Refused('no-usable-key');
  const digest = `sha-256=:${createHash('sha256').update(sent.body).digest('base64')}:`;
  const delivery: Delivery = { ...sent, headers: [...sent.headers, ['content-digest', digest]] };
  const covered = scheme.components.map((name) => `"${name}"`).join(' ');
  const parameters = [`created=${Math.floor(nowSeconds)}`, ...text('keyid', keyId), `alg="${algorithm}"`, ...text('tag', scheme.tag)];
  const input = `sig1=(${covered});${parameters.join(';')}`;
  const list = tryDictionary(input)?.get('sig1') as InnerList | undefined;
  const base = list && trySignatureBase(delivery, list);
  if (base === undefined) return new Refused('not-covered');
  const signature = signer.sign(algorithm, [base]).toString('base64');
  return { ...delivery, headers: [...delivery.headers, ['signature-input', input], ['signature', `sig1=:${signature}:`]] };
}

function text(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`${name}="${value.replace(/["\\]/g, '\\$&')}"`];
}
