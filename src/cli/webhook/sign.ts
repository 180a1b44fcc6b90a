import { bytesOf } from './files';
import { keyTexts, schemeOf } from './inputs';
import { SignCommand } from './options';
import { WebhookPorts } from './ports';
import { REMEDIES } from './remedies';
import { signDetached } from './sign-detached';
import { signJwt, signMessage, Stated } from './sign-tokens';
import { Signer, signerOf } from './signer';
import { tryUrl } from '../../formats/url';
import type { Delivery } from '../../runtime/webhooks/delivery';
import { certificateUrl } from '../../runtime/webhooks/key-source';
import type { Key } from '../../runtime/webhooks/keys';
import type { Scheme } from '../../runtime/webhooks/scheme';
import { Refused } from '../../runtime/webhooks/verdict';
import { verify } from '../../runtime/webhooks/verify';
import { InputError, UsageError } from '../errors';

/** A request that the scheme takes for genuine: what was signed is verified before it is given out. */
export function signedRequest(ports: WebhookPorts, command: SignCommand): Delivery {
  const { scheme: named, url, method, headers, keyId } = command;
  const scheme = schemeOf(ports, named, command.settings);
  if (scheme.type === 'static') throw new UsageError('--scheme must be one that signs, got a password; send that yourself');
  requireUrl(url);
  const texts = keyTexts(ports, command.keys);
  if (texts.length > 1) throw new UsageError(`'webhook sign' must be given one key, got ${texts.length}; leave the others out`);
  const signer = signerOf(texts[0], scheme.key, keyId);
  const nowSeconds = command.at ?? ports.nowSeconds();
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  const sent: Delivery = {
    method, url, headers: [...hasType ? [] : [['content-type', 'application/json'] as const], ...headers], body: bytesOf(ports.files, command.body),
  };

  const stated = { nowSeconds, id: command.id ?? ports.newId(), ...(keyId !== undefined && { keyId }) };
  const signed = sign(sent, scheme, signer, stated);
  const verdict = signed instanceof Refused ? signed : verify(signed, scheme, [keyFor(signed, scheme, signer.verifying)], nowSeconds);
  if (verdict instanceof Refused) {
    throw new InputError(command.body, `such a request would be refused: ${verdict.reason}`, REMEDIES[verdict.reason]);
  }
  return signed as Delivery;
}

function sign(sent: Delivery, scheme: Exclude<Scheme, { readonly type: 'static' }>, signer: Signer, stated: Stated): Delivery | Refused {
  switch (scheme.type) {
    case 'detached': return signDetached(sent, scheme, signer, stated);
    case 'jwt': return signJwt(sent, scheme, signer, stated);
    case 'http-message': return signMessage(sent, scheme, signer, stated);
  }
}

/** Where the request names a certificate, the key is the one of that. */
function keyFor(signed: Delivery, scheme: Scheme, key: Key): Key {
  const url = scheme.type === 'detached' && scheme.certificate ? certificateUrl(signed, scheme.certificate) : undefined;
  return typeof url === 'string' ? { ...key, id: url } : key;
}

function requireUrl(url: string): void {
  const isWeb = ['https:', 'http:'].includes(tryUrl(url)?.protocol ?? '');
  if (!isWeb) throw new UsageError('--url must be an address of http or https; correct it');
}
