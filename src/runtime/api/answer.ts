import type { APIGatewayAuthorizerWithContextResult } from 'aws-lambda';
import type { AccessToken } from './verdict';

/** What integrations and access logs read as `$context.authorizer.<name>`. */
export interface AuthorizerContext extends Record<string, string> {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  /** The token's scopes, separated by spaces. */
  readonly scope: string;
}

/** The answer of the authorizer. */
export type Answer = APIGatewayAuthorizerWithContextResult<AuthorizerContext>;

/** A token may carry more scopes than an integration needs to see. */
const MAX_SCOPE_LENGTH = 1024;

/** Lets a token through to one route, or keeps it out with 403. */
export function answer(effect: 'Allow' | 'Deny', arn: string, { issuer, subject, clientId, scopes }: AccessToken): Answer {
  return {
    principalId: `${issuer}|${subject}`,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: arn }],
    },
    context: { issuer, subject, clientId, scope: fitting(scopes) },
  };
}

/** As many whole scopes as fit; an integration that misses one refuses. */
function fitting(scopes: readonly string[]): string {
  return scopes.reduce((text, scope) => text.length + scope.length < MAX_SCOPE_LENGTH ? `${text} ${scope}` : text, '').trimStart();
}
