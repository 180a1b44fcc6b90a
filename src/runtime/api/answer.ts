import type { APIGatewayAuthorizerResultContext, APIGatewayAuthorizerWithContextResult, PolicyDocument } from 'aws-lambda';
import type { AccessToken } from './verdict';

/** What integrations and access logs read as `$context.authorizer.<name>`. */
export interface AuthorizerContext extends APIGatewayAuthorizerResultContext {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  /** The token's scopes, separated by spaces. */
  readonly scope: string;
  /** Which consumer of the API the client is, if it is one. */
  readonly consumer?: string;
}

/** The answer of the authorizer. */
export type Answer = APIGatewayAuthorizerWithContextResult<AuthorizerContext>;

/** What API Gateway turns into 401, word for word (Developer Guide, "Use API Gateway Lambda authorizers"); any other error becomes 500. */
export const UNAUTHORIZED = 'Unauthorized';

/** A token may carry more scopes than an integration needs to see. */
const MAX_SCOPE_LENGTH = 1024;

/** Lets a token through to one route, or keeps it out with 403. */
export function answer(effect: 'Allow' | 'Deny', arn: string, { issuer, subject, clientId, scopes }: AccessToken, consumer?: string): Answer {
  return {
    principalId: `${issuer}|${subject}`,
    policyDocument: policyOf(effect, arn),
    context: { issuer, subject, clientId, scope: fitting(scopes), ...consumer === undefined ? {} : { consumer } },
  };
}

/** The policy that lets a caller through to one route, or keeps it out. */
export function policyOf(effect: 'Allow' | 'Deny', arn: string): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: arn }] };
}

/** As many whole scopes as fit, separated by spaces; an integration that misses one refuses. */
export function fitting(scopes: readonly string[]): string {
  return scopes.reduce((text, scope) => text.length + scope.length < MAX_SCOPE_LENGTH ? `${text} ${scope}` : text, '').trimStart();
}
