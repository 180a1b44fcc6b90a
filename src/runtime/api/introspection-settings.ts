import type { IntrospectionSettings } from './introspection';
import { namesOf, urlOf } from './issuers';
import { tryJson } from '../shared/json-text';

/** Reads the configuration from the environment; throws, saying what is wrong. */
export function parseIntrospectionSettings(
  { ISSUER, AUDIENCES, ENDPOINT, SECRET_ARN }: Readonly<Record<string, string | undefined>>,
): IntrospectionSettings & { readonly secretArn: string } {
  if (!SECRET_ARN) throw new Error('SECRET_ARN must name the secret with the credentials for the issuer');
  return {
    issuer: urlOf(ISSUER, 'ISSUER'),
    audiences: namesOf(tryJson(AUDIENCES), 'AUDIENCES'),
    endpoint: urlOf(ENDPOINT, 'ENDPOINT'),
    secretArn: SECRET_ARN,
  };
}
