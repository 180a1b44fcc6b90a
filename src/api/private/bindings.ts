import { createHash } from 'node:crypto';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { ConfigurationError } from '../../private';
import { IApiDomain } from '../api-domain-ref';
import { HttpMethod } from '../http-method';

/** How a method asks who calls. */
export interface BoundAuthorization {
  readonly authorizationType: apigateway.AuthorizationType;
  readonly authorizer?: apigateway.IAuthorizer;
  readonly authorizationScopes?: string[];
  /** What the authorizer has to know of the route. */
  readonly stageVariables?: Readonly<Record<string, string>>;
  /** The construct whose function judges. */
  readonly judge?: IConstruct;
  /** Where the API has to take keys of API Gateway from, for an authorizer that names one. A route with it needs a key unless it says otherwise. */
  readonly keySource?: apigateway.ApiKeySourceType;
}

/** How a method reaches its backend. */
export interface BoundIntegration {
  readonly integration: apigateway.Integration;
  readonly methodResponses?: apigateway.MethodResponse[];
  /** Whether the backend is asked over HTTP, and wants to know that it is this API which asks. */
  readonly overHttp?: boolean;
  /** Whether the backend gets a body as bytes, where the API takes them so; a mapping template would see base64. */
  readonly takesBytes?: boolean;
}

/** Scopes as RFC 6749, 3.3 has them, less what the value of a stage variable cannot hold. */
export const SCOPE = /^[A-Za-z0-9\-._~:/?#&=]+$/;

/** The longest value of a stage variable (API Gateway Developer Guide, "Amazon API Gateway quotas"). */
const MAX_SCOPE_CHARACTERS = 512;

/** What a route tells the parts it is made of. */
export class RouteBinding {
  constructor(
    /** The API's construct, below which things are made that its routes share. */
    public readonly api: Construct,
    public readonly restApi: apigateway.RestApi,
    public readonly httpMethod: HttpMethod,
    /** Path with its parameters, `/orders/{id}`. */
    public readonly path: string,
    private readonly roleOfApi: () => iam.Role,
    /** The domain by which the API is reached, if there is one. */
    public readonly domain?: IApiDomain,
  ) {}

  /** The route as errors name it. */
  public get name(): string {
    return `${this.httpMethod} ${this.path}`;
  }

  /** Names of the parameters in the path. */
  public get pathParameters(): string[] {
    return [...this.path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name);
  }

  /** Role by which the API reaches services, created for the first route that needs it. */
  public role(): iam.Role {
    return this.roleOfApi();
  }

  /** The construct of that id below the API, made by the first route that asks for it. */
  public shared<T extends Construct>(id: string, make: () => T): T {
    return this.api.node.tryFindChild(id) as T | undefined ?? make();
  }

  /** Name of the stage variable that holds the route's scopes; the authorizer makes the same of the request. */
  public scopeVariable(): string {
    return `scopes_${createHash('sha256').update(this.name).digest('hex').slice(0, 16)}`;
  }

  /** Refuses scopes that cannot be checked. */
  public requireScopes(scopes: readonly string[]): void {
    const scoped = `'scopes' of route '${this.name}'`;
    if (scopes.length === 0) {
      throw new ConfigurationError(this.api, `${scoped} must name at least one, got none; name the scope that a caller needs, since a token of any scope would do`);
    }
    for (const scope of scopes) {
      if (SCOPE.test(scope)) continue;
      throw new ConfigurationError(this.api, `${scoped} must be of letters, digits and -._~:/?#&=, got '${scope}'; a stage variable holds no other`);
    }
    if (scopes.join(',').length > MAX_SCOPE_CHARACTERS) {
      throw new ConfigurationError(this.api, `${scoped} must have at most ${MAX_SCOPE_CHARACTERS} characters together, got ${scopes.join(',').length}; name fewer`);
    }
  }
}
