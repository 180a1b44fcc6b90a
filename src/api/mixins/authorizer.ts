import { Duration, Mixin, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing, isIntrinsic, requireSeconds } from '../../private';

/** What tells one route from another; API Gateway applies a cached policy to every method (see `API-AUTHORIZER-CACHE`). */
const ROUTE = ['context.httpMethod', 'context.resourcePath'];

/** The longest that a decision may outlive a revoked token. */
const LONGEST_SECONDS = 300;

/**
 * Says how long the decisions of an authorizer are reused, and for the same route only. Applies control `API-AUTHORIZER-CACHE`.
 *
 * A shorter time that is stated stays: an authorizer whose answer depends on more than its identity sources, such as a proof, keeps none.
 * Method and path join the identity sources of a REQUEST authorizer. A TOKEN authorizer decides anew each time, whatever `ttl` is, as its
 * cache cannot tell routes apart. The identity sources must hold the credential: API Gateway refuses a cache without any.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.AuthorizerCache(Duration.minutes(1)));
 */
export class AuthorizerCache extends Mixin {
  /** @param ttl how long, at most 300 seconds; not at all where it is left out */
  constructor(private readonly ttl: Duration = Duration.seconds(0)) {
    super();
  }

  public supports(construct: IConstruct): construct is apigateway.CfnAuthorizer {
    return apigateway.CfnAuthorizer.isCfnAuthorizer(construct) && construct.type !== 'JWT';
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    requireSeconds(construct, 'ttl', this.ttl, 0, LONGEST_SECONDS);
    const seconds = construct.type === 'TOKEN' ? 0 : notLonger(construct.authorizerResultTtlInSeconds, this.ttl.toSeconds());
    construct.authorizerResultTtlInSeconds = seconds;
    if (construct.type === 'REQUEST' && seconds !== 0) construct.identitySource = withRoute(construct.identitySource);
    guardAgainstUndoing(construct, {
      control: 'API-AUTHORIZER-CACHE',
      mixin: 'api.mixins.AuthorizerCache',
      demand: "'AuthorizerResultTtlInSeconds' must be at most 300, and above 0 only where 'IdentitySource' has method and path, or for a user pool",
      holds: ({ Properties }) => {
        const ttl = Properties?.AuthorizerResultTtlInSeconds;
        if (ttl === 0) return true;
        const sources = JSON.stringify(Properties?.IdentitySource ?? '');
        return (isIntrinsic(ttl) || (typeof ttl === 'number' && ttl <= LONGEST_SECONDS))
          && (construct.type === 'COGNITO_USER_POOLS' || ROUTE.every((source) => sources.includes(source)));
      },
    });
  }
}

/** The time that is stated where it is the shorter one, as far as that is known; 0 always is. */
function notLonger(stated: number | undefined, seconds: number): number {
  if (stated === 0) return 0;
  return stated === undefined || [stated, seconds].some((each) => Token.isUnresolved(each)) ? seconds : Math.min(stated, seconds);
}

/** Identity sources with what tells routes apart, each once. Sources that only deployment tells come first. */
function withRoute(sources: string | undefined): string {
  const stated = sources === undefined || Token.isUnresolved(sources) ? [sources ?? ''] : sources.split(',').map((source) => source.trim());
  const missing = ROUTE.filter((source) => !(sources ?? '').includes(source));
  return [...stated.filter((source) => source !== ''), ...missing].join(',');
}
