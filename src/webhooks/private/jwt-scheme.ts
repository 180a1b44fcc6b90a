import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { DEFAULT_TOLERANCE_SECONDS, ownScheme } from './own-scheme';
import { membersOf, requireMembers, requireTolerance, secondsOf } from './scheme-members';
import { requireEntries, requireText } from './scheme-texts';
import { ConfigurationError } from '../../private';
import { JwtSchemeOptions } from '../jwt-scheme-options';
import { SignatureEncoding } from '../signature-encoding';
import { headerName } from './header-name';

/** Writes a scheme with a token down, whatever it is worth. */
export function jwtDocument(options: JwtSchemeOptions): object {
  const { keyFormat, header, algorithms, bodyHashClaim, bodyHashEncoding, time, tolerance, urlClaim, idClaim } = options;
  return {
    type: 'jwt',
    key: keyFormat,
    header: headerName(header),
    algorithms,
    bodyHash: { claim: bodyHashClaim, encoding: bodyHashEncoding },
    time,
    toleranceSeconds: tolerance ? secondsOf(tolerance) : DEFAULT_TOLERANCE_SECONDS,
    ...urlClaim !== undefined && { urlClaim },
    ...idClaim !== undefined && { idClaim },
    ...membersOf(options),
  };
}

/** Refuses what the verifier would not take, and writes the rest down. */
export function jwtScheme(scope: IConstruct, options: JwtSchemeOptions): BoundScheme {
  const { keyFormat, handshake, bodyHashEncoding } = options;
  if (options.tolerance) requireTolerance(scope, options.tolerance);
  requireMembers(scope, options, true);
  requireText(scope, 'header', 'header', headerName(options.header));
  requireEntries(scope, 'algorithms', options.algorithms);
  requireText(scope, 'bodyHashClaim', 'name', options.bodyHashClaim);
  if (bodyHashEncoding === SignatureEncoding.BASE64) {
    throw new ConfigurationError(scope, `'bodyHashEncoding' must be hex or base64url, got '${bodyHashEncoding}'; choose what the sender writes`);
  }
  requireText(scope, 'urlClaim', 'name', options.urlClaim);
  requireText(scope, 'idClaim', 'name', options.idClaim);
  return ownScheme({ document: jwtDocument(options), signsTime: true, integrity: 'body', keyFormat, handshake });
}
