import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { headerName } from './header-name';
import { DEFAULT_TOLERANCE_SECONDS, ownScheme } from './own-scheme';
import { membersOf, requireMembers, requireTolerance, secondsOf } from './scheme-members';
import { requireEntries, requireText } from './scheme-texts';
import { ConfigurationError } from '../../private';
import { HttpMessageSchemeOptions } from '../http-message-scheme-options';
import { SignatureAlgorithm } from '../signature-algorithm';
import { WebhookKeyFormat } from '../webhook-key-format';

/** RFC 9421, 3.3. */
const ALGORITHMS = [
  SignatureAlgorithm.ED25519, SignatureAlgorithm.ECDSA_P256_SHA256, SignatureAlgorithm.ECDSA_P384_SHA384, SignatureAlgorithm.RSA_PSS_SHA512,
  SignatureAlgorithm.RSA_V1_5_SHA256, SignatureAlgorithm.HMAC_SHA256,
];

const COMPONENTS = ['@method', '@target-uri', 'content-digest'];

/** Writes a scheme of RFC 9421 down, whatever it is worth. */
export function httpMessageDocument(options: HttpMessageSchemeOptions): object {
  const { keyFormat = WebhookKeyFormat.JWKS, algorithms = ALGORITHMS, components = COMPONENTS, tolerance, tag, idPointer } = options;
  return {
    type: 'http-message',
    key: keyFormat,
    algorithms,
    components: components.map(headerName),
    toleranceSeconds: tolerance ? secondsOf(tolerance) : DEFAULT_TOLERANCE_SECONDS,
    ...tag !== undefined && { tag },
    ...idPointer !== undefined && { id: { pointer: idPointer } },
    ...membersOf(options),
  };
}

/** Refuses what the verifier would not take, and writes the rest down. */
export function httpMessageScheme(scope: IConstruct, options: HttpMessageSchemeOptions): BoundScheme {
  const { keyFormat = WebhookKeyFormat.JWKS, algorithms = ALGORITHMS, components = COMPONENTS, handshake } = options;
  if (options.tolerance) requireTolerance(scope, options.tolerance);
  requireMembers(scope, options, false);
  requireEntries(scope, 'algorithms', algorithms);
  requireEntries(scope, 'components', components);
  for (const component of components) requireText(scope, 'components', 'component', headerName(component));
  if (!components.map(headerName).includes('content-digest')) {
    throw new ConfigurationError(scope, "'components' must include content-digest, got none; without it the body could be any");
  }
  requireText(scope, 'tag', 'value', options.tag);
  requireText(scope, 'idPointer', 'pointer', options.idPointer);
  return ownScheme({ document: httpMessageDocument(options), signsTime: true, integrity: 'body', keyFormat, handshake });
}
