/** What API Gateway says of a request, as far as it says who asks. */
export interface RequestOrigin {
  readonly authorizer?: Readonly<Record<string, unknown>> | null;
  readonly identity?: { readonly userArn?: string | null } | null;
}

const MAX_CHARACTERS = 512;

/**
 * Who asks, as the authorizer of the route has proved it: the principal of a function, the subject of an Amazon Cognito token, the ARN of an IAM
 * identity (API Gateway Developer Guide, "Input format of a Lambda function for proxy integration"). Undefined where nobody has proved anything.
 */
export function tryCaller({ authorizer, identity }: RequestOrigin): string | undefined {
  const claims = Object(authorizer?.claims ?? {}) as Readonly<Record<string, unknown>>;
  return [authorizer?.principalId, claims.sub, identity?.userArn]
    .find((name): name is string => typeof name === 'string' && name.length > 0 && name.length <= MAX_CHARACTERS);
}
