import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConfigurationError, requireSeconds } from '../../private';
import { SenderConstraint } from '../sender-constraint';

/**
 * How long API Gateway keeps an answer.
 *
 * With a constraint it keeps none: an answer that is kept for a token alone would serve a thief who has no proof. Client certificates are not
 * documented as identity sources that could tell them apart (CloudFormation, AWS::ApiGateway::Authorizer, IdentitySource).
 */
export function cacheTtlOf(scope: Construct, wanted: Duration | undefined, otherwise: Duration, constraint: SenderConstraint | undefined): Duration {
  const ttl = wanted ?? (constraint ? Duration.seconds(0) : otherwise);
  requireSeconds(scope, 'cacheTtl', ttl, 0, 300);
  if (constraint && (ttl.isUnresolved() || ttl.toSeconds() > 0)) {
    throw new ConfigurationError(scope,
      "'cacheTtl' must be 0 seconds with a senderConstraint, got another; leave it out, since an answer that is kept would serve whoever stole the token");
  }
  return ttl;
}
