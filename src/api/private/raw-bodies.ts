import { Construct } from 'constructs';
import { BoundIntegration, RouteBinding } from './bindings';
import { ConfigurationError } from '../../private';
import { RouteOptions } from '../route';

/** Every media type, so that no body is read as text (API Gateway Developer Guide, "Content type conversions in API Gateway"). */
export const ANY_MEDIA_TYPE = ['*/*'];

/** Refuses a schema of bodies that API Gateway does not read: a schema that validates nothing would look like a check. */
export function requireNoSchema(api: Construct, route: string, options: RouteOptions): void {
  if (!options.body) return;
  throw new ConfigurationError(api,
    `'body' of route '${route}' must be left out where the API has 'rawBodies', got a schema; check bodies in the function, and say so by a waiver as 'withoutBodySchema'`);
}

/** Refuses an integration whose mapping template would see base64 for the body. */
export function requireBytes({ api, name }: RouteBinding, integration: BoundIntegration): void {
  if (integration.takesBytes) return;
  throw new ConfigurationError(api,
    `'integration' of route '${name}' must be a function or an upstream where the API has 'rawBodies', got a service of AWS; serve the route by another API`);
}
