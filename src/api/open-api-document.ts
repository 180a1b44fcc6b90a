import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { IConstruct } from 'constructs';
import { Place } from './private/openapi/place';
import { readDocument } from './private/openapi/read-document';

/**
 * A description of an API, OpenAPI 3.0 or 3.1 as JSON or YAML, of at most 16 million characters.
 *
 * It is one document: references lead to places within it.
 *
 * @example
 * declare const partners: api.OidcAuthorizer;
 * declare const received: storage.IntegrationQueue;
 * api.IntegrationApi.fromOpenApi(this, 'OrdersApi', {
 *   document: api.OpenApiDocument.fromFile('orders.openapi.yaml'),
 *   authorizations: { partners: api.SchemeAuthorization.oidc(partners), internal: api.SchemeAuthorization.iam() },
 *   operations: {
 *     placeOrder: { integration: api.Integration.queue(received.queue), rateLimit: 20 },
 *     getOrder: { integration: api.Integration.lambdaFunction(handler) },
 *   },
 * });
 */
export class OpenApiDocument {
  /** Id of the warning about what a document says and API Gateway does not enforce. */
  public static readonly NOT_ENFORCED = 'cdk-secure-integrations:openapi-not-enforced';

  /**
   * The document in a file.
   *
   * @param path from the working directory on
   */
  public static fromFile(path: string): OpenApiDocument {
    return new OpenApiDocument(basename(path), readFileSync(path, 'utf8'));
  }

  /**
   * A document as text.
   *
   * @param name what errors call it
   */
  public static fromText(text: string, name: string = 'document'): OpenApiDocument {
    return new OpenApiDocument(name, text);
  }

  /** What the text says, once it was found to be good. */
  private value: unknown;

  private constructor(
    /** What errors call the document. */
    public readonly name: string,
    private readonly text: string,
  ) {}

  /** @internal */
  public _read(scope: IConstruct): Place {
    this.value ??= readDocument(scope, this.name, this.text);
    return Place.root(scope, this.name, this.value);
  }
}
