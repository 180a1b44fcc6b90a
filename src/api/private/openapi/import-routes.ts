import { Validations } from 'aws-cdk-lib';
import { versionOf } from './document-schema';
import { Operation, operationsOf, requireDeployable } from './operations';
import { demandsOf } from './parameters';
import { Place } from './place';
import { bodyOf } from './request-body';
import { demandedBy, requireSchemes } from './security';
import { ConfigurationError, requireInteger } from '../../../private';
import { HttpMethod } from '../../http-method';
import { IntegrationApi } from '../../integration-api';
import { OpenApiDocument } from '../../open-api-document';
import { OpenApiOperation, OpenApiRoutes } from '../../open-api-routes';
import { Route, RouteOptions } from '../../route';

/** A route before it is made, so that a document is taken as a whole or not at all. */
interface Planned {
  readonly operation: Operation;
  readonly stated: OpenApiOperation;
  readonly options: RouteOptions;
  readonly left: readonly string[];
  readonly notes: readonly string[];
}

/** Makes routes of the operations of a document, and says by name which route is whose. */
export function importedRoutes(api: IntegrationApi, routes: OpenApiRoutes): ReadonlyMap<string, Route> {
  requireInteger(api, 'maxLength', routes.maxLength ?? 4096, 1, 1_000_000);
  requireInteger(api, 'maxItems', routes.maxItems ?? 100, 1, 100_000);
  const root = routes.document._read(api);
  const operations = chosen(api, root, routes);
  requireDeployable(root, operations);
  requireSchemes(root, routes);

  const planned = operations.map((operation) => plan(api, operation, versionOf(root), routes));
  const notes = extensionsOf(root).concat(root.at('webhooks').members().map(([, at]) => `${at.pointer}: requests that somebody else takes`));
  warn(api, routes.document, notes);
  return new Map(planned.map((each) => [each.operation.name, added(api, routes.document, each)]));
}

/** Refuses names that the document does not have, and operations that nothing answers. */
function chosen(api: IntegrationApi, root: Place, routes: OpenApiRoutes): readonly Operation[] {
  const all = operationsOf(root);
  const unknown = Object.keys(routes.operations ?? {}).find((name) => !all.has(name));
  if (unknown !== undefined) {
    throw new ConfigurationError(api, `'operations' must name operations of ${routes.document.name}#/paths, got '${unknown}'; correct it, or name an operation without operationId by method and path, for example 'GET /orders'`);
  }
  const taken = [...all.values()].filter(({ name }) => !routes.subset || Object.hasOwn(routes.operations ?? {}, name));
  if (taken.length === 0) throw root.at('paths').error('have operations to make routes of', `none of ${all.size}`, "add one, or name some in 'operations'");
  return taken;
}

function plan(api: IntegrationApi, operation: Operation, version: string, routes: OpenApiRoutes): Planned {
  const stated = Object.hasOwn(routes.operations ?? {}, operation.name) ? routes.operations![operation.name] : {};
  const integration = stated.integration ?? routes.integration;
  if (!integration) {
    throw operation.place.error('have operations that something answers', `'${operation.name}' unanswered`,
      "give its integration in 'operations', or one for all, or leave it out by `subset`");
  }
  const { notes: unchecked, ...demands } = demandsOf(operation);
  const demanded = demandedBy(operation, stated, routes);
  const limits = { maxLength: routes.maxLength ?? 4096, maxItems: routes.maxItems ?? 100, allowOpen: stated.allowOpenObjects !== undefined };
  const { body, left, notes } = stated.withoutBodySchema ? { body: undefined, left: [], notes: [] } : bodyOf(operation, version, limits);
  if (stated.allowOpenObjects && left.length === 0) {
    throw new ConfigurationError(api, `'allowOpenObjects' must be for an operation whose body is open, got one for '${operation.name}' at ${operation.place.pointer}; remove it`);
  }
  return {
    operation,
    stated,
    left,
    notes: [...unchecked, ...notes, ...beside(operation)],
    options: {
      integration,
      ...demanded,
      withoutAuthorization: stated.withoutAuthorization,
      body,
      withoutBodySchema: stated.withoutBodySchema,
      rateLimit: stated.rateLimit,
      burstLimit: stated.burstLimit,
      ...demands,
    },
  };
}

function added(api: IntegrationApi, document: OpenApiDocument, { operation, stated, options, left, notes }: Planned): Route {
  const route = api.addRoute(operation.method as HttpMethod, operation.path, options);
  for (const finding of left) stated.allowOpenObjects?.applyTo(route.method, 'API-BODY-SCHEMA', finding);
  warn(route.method, document, notes);
  return route;
}

/** What an operation says that is no part of a request to it. */
function beside({ place, shared }: Operation): readonly string[] {
  return [
    ...place.at('callbacks').members().map(([, at]) => `${at.pointer}: requests that somebody else takes`),
    ...extensionsOf(shared),
    ...extensionsOf(place),
  ];
}

/** What a document says to the import of API Gateway, which this is not. */
function extensionsOf(place: Place): string[] {
  return place.members().filter(([key]) => key.startsWith('x-amazon-apigateway-')).map(([, at]) => `${at.pointer}: this extension, which is not read`);
}

function warn(scope: IntegrationApi | Route['method'], document: OpenApiDocument, notes: readonly string[]): void {
  if (notes.length === 0) return;
  Validations.of(scope).addWarning(OpenApiDocument.NOT_ENFORCED, `API Gateway does not enforce what ${document.name} says at ${notes.join('; ')}`);
}
