import { Authorization } from './authorization';
import { Integration } from './integration';
import { IntegrationApiProps } from './integration-api-props';
import { OpenApiDocument } from './open-api-document';
import { SchemeAuthorization } from './scheme-authorization';
import { Waiver } from '../core';

/** What the document of an API does not say of an operation. */
export interface OpenApiOperation {
  /**
   * What answers.
   *
   * @default - what answers all operations
   */
  readonly integration?: Integration;

  /**
   * Who may call, in place of what the document says. It is for requirements that a scheme alone cannot express.
   *
   * @default - what the document says
   */
  readonly authorization?: Authorization;

  /**
   * Lets anybody call an operation of which the document says so, or nothing. Waives control `API-AUTHORIZATION`.
   *
   * @default - callers prove who they are
   */
  readonly withoutAuthorization?: Waiver;

  /**
   * Asks for a key of API Gateway besides, by which the usage plan of a consumer meters its requests, whatever the document says.
   *
   * @default - what the document says: true where a requirement names a key in the header field `X-API-Key` beside another scheme
   */
  readonly requireApiKey?: boolean;

  /**
   * Takes any body, whatever the document says. Waives control `API-BODY-SCHEMA`.
   *
   * @default - the body is as the document says
   */
  readonly withoutBodySchema?: Waiver;

  /**
   * Leaves objects as open as the document has them, and values of any kind. Waives control `API-BODY-SCHEMA` where there are such.
   *
   * @default - an object takes the members that the document names; one that names none, or says that it takes others, is refused
   */
  readonly allowOpenObjects?: Waiver;

  /**
   * Requests per second, over all callers, from 1 to 10000.
   *
   * @default - the API's
   */
  readonly rateLimit?: number;

  /**
   * Requests at once above the rate, over all callers, from 1 to 5000.
   *
   * @default - the API's
   */
  readonly burstLimit?: number;
}

/** How the operations of an OpenAPI document become routes. */
export interface OpenApiRoutes {
  /** The document. */
  readonly document: OpenApiDocument;

  /**
   * What the document does not say of its operations, by `operationId`; by method and path, `GET /orders`, where there is none.
   *
   * @default - all operations are answered by `integration`
   */
  readonly operations?: { [operationId: string]: OpenApiOperation };

  /**
   * What answers the operations that name nothing else.
   *
   * @default - each operation names it
   */
  readonly integration?: Integration;

  /**
   * How callers prove what the security schemes of the document ask for, by name of the scheme.
   *
   * @default - no scheme is known, so each operation has `authorization` or `withoutAuthorization`
   */
  readonly authorizations?: { [scheme: string]: SchemeAuthorization };

  /**
   * Makes routes of the operations alone that `operations` names.
   *
   * @default false
   */
  readonly subset?: boolean;

  /**
   * Characters of a text for which the document sets no limit, from 1 to 1000000.
   *
   * @default 4096
   */
  readonly maxLength?: number;

  /**
   * Items of a list for which the document sets no limit, from 1 to 100000.
   *
   * @default 100
   */
  readonly maxItems?: number;
}

/** Properties of an `IntegrationApi` that an OpenAPI document describes. */
export interface OpenApiProps extends IntegrationApiProps, OpenApiRoutes {}
