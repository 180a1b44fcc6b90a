import { decomposeUnverifiedJwt, DecomposedJwt } from 'aws-jwt-verify/jwt';
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier';
import type { PublicKey } from './key-set';

/** Critical extensions, of which none is understood (RFC 7515, 4.1.11), and places of keys that a JWT brings along (RFC 7515, 4.1.2 to 4.1.6). */
export const UNSUPPORTED_HEADERS: readonly string[] = ['crit', 'jku', 'x5u', 'x5c'];

/** The parts of a JWT, of which nothing is verified; undefined for text that is none. */
export function tryDecompose(text: string): DecomposedJwt | undefined {
  try {
    return decomposeUnverifiedJwt(text);
  } catch {
    return undefined;
  }
}

/** Whether a JWT bears a signature by a key, and names an issuer if one is given. */
export function isSignedWith({ jwk, key }: PublicKey, text: string, issuer: string | null): boolean {
  try {
    // The library reads the system's clock and knows no token without `aud`: an endless grace and no audience leave both to our own checks.
    verifyJwtSync(text, jwk, { issuer, audience: null, graceSeconds: Infinity }, () => key);
    return true;
  } catch {
    return false;
  }
}
