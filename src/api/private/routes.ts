import { Construct } from 'constructs';
import { ConfigurationError, requireMatch } from '../../private';
import { HttpMethod } from '../http-method';
import { IntegrationApiProps } from '../integration-api-props';
import { RouteOptions } from '../route';

const PATH = /^\/$|^(\/([A-Za-z0-9._~-]+|\{[A-Za-z0-9._-]+\}))+$|^(\/([A-Za-z0-9._~-]+|\{[A-Za-z0-9._-]+\}))*\/\{[A-Za-z0-9._-]+\+\}$/;

/** Stage variables of a stage (API Gateway Developer Guide, "Quotas for configuring and running a REST API in API Gateway"). */
const MAX_STAGE_VARIABLES = 100;

/** Methods whose requests have a body. */
export const WITH_BODY: readonly string[] = [HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH];

/** Refuses what is no path of an API. */
export function requirePath(api: Construct, path: string): void {
  requireMatch(api, 'path', path, PATH, 'a path from the root on, with parameters in braces', "write for example '/orders/{id}'");
}

/** Refuses a route that would be open, take any body, or not exist. */
export function requireRoute(api: Construct, httpMethod: HttpMethod, path: string, options: RouteOptions, hasDefault: boolean): void {
  const route = `of route '${httpMethod} ${path}'`;
  requirePath(api, path);

  if (options.authorization && options.withoutAuthorization) {
    throw new ConfigurationError(api, `'withoutAuthorization' ${route} must be left out where 'authorization' is given, got both; remove the one that is wrong`);
  }
  if (!options.authorization && !options.withoutAuthorization && !hasDefault) {
    throw new ConfigurationError(api, `'authorization' ${route} must be given, got nothing; say who may call, there or for the whole API, or give a waiver as 'withoutAuthorization'`);
  }
  if (options.withoutAuthorization && options.requireApiKey) {
    throw new ConfigurationError(api, `'requireApiKey' ${route} must come with an authorization, got a waiver of it; a key tells who calls and proves it to nobody`);
  }
  if (!WITH_BODY.includes(httpMethod)) {
    const prop = options.body ? 'body' : options.withoutBodySchema ? 'withoutBodySchema' : undefined;
    if (prop) throw new ConfigurationError(api, `'${prop}' ${route} must be left out, got one; ${httpMethod} has no body (RFC 9110, 9.3)`);
    return;
  }
  if (options.body && options.withoutBodySchema) {
    throw new ConfigurationError(api, `'withoutBodySchema' ${route} must be left out where 'body' is given, got both; remove the one that is wrong`);
  }
  if (options.body ? Object.keys(options.body).length === 0 : !options.withoutBodySchema) {
    throw new ConfigurationError(api, `'body' ${route} must say what a body looks like, got nothing; give a JSON schema, or a waiver as 'withoutBodySchema'`);
  }
}

/** Refuses more routes with scopes and consumers than a stage has variables for. */
export function requireRoomFor(scope: Construct, prop: string, stageVariables: number): void {
  if (stageVariables <= MAX_STAGE_VARIABLES) return;
  throw new ConfigurationError(scope,
    `'${prop}' must be within the ${MAX_STAGE_VARIABLES} stage variables of an API, one for each route with scopes and each consumer, got ${stageVariables}; serve the others by another API`);
}

/** Refuses an API that nobody could reach as it says. */
export function requireReach(api: Construct, props: IntegrationApiProps): void {
  if (props.vpcEndpoints?.length === 0) {
    throw new ConfigurationError(api, "'vpcEndpoints' must name at least one, got none; leave it out for an API that is reached from the internet");
  }
  if (props.vpcEndpoints && props.domain) {
    throw new ConfigurationError(api, "'domain' must be left out for a private API, got one; clients use the names of the VPC endpoint");
  }
  if (props.basePath !== undefined && !props.domain) {
    throw new ConfigurationError(api, `'basePath' must come with a domain, got '${props.basePath}' alone; add 'domain' or remove it`);
  }
  if (props.basePath !== undefined) {
    requireMatch(api, 'basePath', props.basePath, /^[\w$.+!*'(),-]+(\/[\w$.+!*'(),-]+)*$/, 'a path without slash at its start and end', "write for example 'orders'");
  }
}
