import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Authorization } from './authorization';
import { HttpMethod } from './http-method';
import { Integration } from './integration';
import { Waiver } from '../core';

/** How a route of an `IntegrationApi` behaves. */
export interface RouteOptions {
  /** What answers. */
  readonly integration: Integration;

  /**
   * Who may call.
   *
   * @default - what the API says; without either, `withoutAuthorization` has to say why the route is open
   */
  readonly authorization?: Authorization;

  /**
   * Lets anybody call. Waives control `API-AUTHORIZATION`.
   *
   * @default - callers prove who they are
   */
  readonly withoutAuthorization?: Waiver;

  /**
   * Asks for a key of API Gateway besides, by which the usage plan of a consumer meters its requests. A key proves nothing: `authorization`
   * has to say who may call.
   *
   * @default - true for `Authorization.bearerKey`, false for any other
   */
  readonly requireApiKey?: boolean;

  /**
   * What a body must look like (JSON Schema draft 4). API Gateway refuses any other with 400 before the backend sees it. Close objects with
   * `additionalProperties: false` and bound texts and lists.
   *
   * @default - a method with a body needs `withoutBodySchema`
   */
  readonly body?: apigateway.JsonSchema;

  /**
   * Takes any body of a POST, PUT or PATCH. Waives control `API-BODY-SCHEMA`.
   *
   * @default - `body` says what is taken
   */
  readonly withoutBodySchema?: Waiver;

  /**
   * Query parameters that a request must have.
   *
   * @default - none
   */
  readonly requiredQuery?: string[];

  /**
   * Header fields that a request must have.
   *
   * @default - none
   */
  readonly requiredHeaders?: string[];

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

/** One method on one path of an API. */
export class Route {
  /** @internal */
  constructor(
    /** HTTP method. */
    public readonly httpMethod: HttpMethod,
    /** Path with its parameters, `/orders/{id}`. */
    public readonly path: string,
    /** The underlying method, for whatever this class does not cover. */
    public readonly method: apigateway.Method,
    /** Whether a request needs a key of API Gateway, of a consumer whose usage plan meters it. */
    public readonly requiresApiKey: boolean,
  ) {}

  /** Lets `grantee` call the route, which needs `Authorization.iam()`. */
  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return this.method.grantExecute(grantee);
  }
}
