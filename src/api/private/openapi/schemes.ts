import { Place } from './place';

/** What callers prove who they are by. */
export type Proof = 'keys' | 'signatures' | 'tokens';

/** What a security scheme asks callers for: a proof of some kind, or the key that a usage plan counts by. */
export interface Scheme {
  readonly at: Place;
  readonly name: string;
  /** Kinds of proof that the scheme can describe, of which `authorizations` says one. */
  readonly proofs: readonly Proof[];
  /** Whether it is a key of API Gateway, which proves nothing. */
  readonly isKey: boolean;
}

const NAMES: Readonly<Record<Proof, string>> = { keys: 'keys', signatures: 'signatures of AWS', tokens: 'tokens' };

/** Reads a scheme; one that is neither proves nothing, or nothing that can be checked here. */
export function schemeOf(at: Place, name: string): Scheme {
  const type = at.at('type').text;
  const proved = (...proofs: Proof[]): Scheme => ({ at, name, proofs, isKey: false });
  if (type === 'oauth2' || type === 'openIdConnect') return proved('tokens');
  if (type === 'http') {
    const kind = at.at('scheme');
    if (kind.text?.toLowerCase() === 'bearer') return proved('tokens', 'keys');
    throw kind.error('have schemes that can be checked', `'${kind.text}' of '${name}'`, 'use bearer tokens, oauth2 or openIdConnect');
  }
  if (type !== 'apiKey') {
    throw at.at('type').error('have schemes that can be checked', `'${type}' of '${name}'`,
      type === 'mutualTLS' ? 'give the domain a trust store, and the operation a scheme besides' : 'use oauth2 or openIdConnect');
  }
  if (at.at('x-amazon-apigateway-authtype').value === 'awsSigv4') return proved('signatures');
  return fieldOf(at) === 'authorization' ? proved('signatures', 'keys') : { at, name, proofs: [], isKey: isKeyOfApiGateway(at) };
}

/** Whether a scheme, which may be one that cannot be checked or none at all, is a key of API Gateway. */
export function isKeyOfApiGateway(at: Place): boolean {
  return at.at('type').text === 'apiKey' && at.at('x-amazon-apigateway-authtype').value !== 'awsSigv4' && fieldOf(at) === 'x-api-key';
}

/** Header field of a scheme `apiKey`, in small letters. */
function fieldOf(at: Place): string | undefined {
  return at.at('in').text === 'header' ? at.at('name').text?.toLowerCase() : undefined;
}

/** What a scheme describes, in words. */
export function described({ proofs }: Scheme): string {
  return proofs.map((proof) => NAMES[proof]).join(' or ');
}

/** What of `SchemeAuthorization` fits a scheme, in words. */
export function fitting({ proofs }: Scheme): string {
  const [first, ...others] = proofs.flatMap((proof) => ({ keys: ['.bearerKey'], signatures: ['.iam()'], tokens: ['.oidc', '.cognito'] })[proof]);
  const last = others.pop();
  return `SchemeAuthorization${[first, ...others].join(', ')}${last === undefined ? '' : ` or ${last}`}`;
}
