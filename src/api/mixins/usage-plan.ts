import { Mixin, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { IConstruct } from 'constructs';
import { amended, ConfigurationError, guardAgainstUndoing, isIntrinsic, requireInteger, Untold, valueAt } from '../../private';

const LIMITS = ['RateLimit', 'BurstLimit'];

/**
 * Limits how often each key of a usage plan may call. Applies control `API-PLAN-THROTTLE`.
 *
 * Limits that are stated stay, unless -1 lifts them; those of single methods are not changed. API Gateway applies limits on a best-effort basis:
 * they are targets and no ceilings (Amazon API Gateway Developer Guide, "Throttle requests to your REST APIs").
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.UsagePlanThrottling(10, 20));
 */
export class UsagePlanThrottling extends Mixin {
  /**
   * @param requestsPerSecond steady rate of each key, above 0
   * @param burst requests of each key that may be under way at once, at least 1
   */
  constructor(private readonly requestsPerSecond: number, private readonly burst: number) {
    super();
  }

  public supports(construct: IConstruct): construct is apigateway.CfnUsagePlan {
    return apigateway.CfnUsagePlan.isCfnUsagePlan(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    if (!Token.isUnresolved(this.requestsPerSecond) && !(this.requestsPerSecond > 0)) {
      throw new ConfigurationError(construct, `'requestsPerSecond' must be above 0, got ${this.requestsPerSecond}; choose what the backend can bear`);
    }
    requireInteger(construct, 'burst', this.burst, 1, 1_000_000);
    construct.throttle = amended<apigateway.CfnUsagePlan.ThrottleSettingsProperty>(construct.throttle, (throttle) => ({
      rateLimit: stated(throttle?.rateLimit) ?? this.requestsPerSecond, burstLimit: stated(throttle?.burstLimit) ?? this.burst,
    }), Untold.REPLACE);
    guardAgainstUndoing(construct, {
      control: 'API-PLAN-THROTTLE',
      mixin: 'api.mixins.UsagePlanThrottling',
      demand: "'Throttle' must have a rate and a burst limit, and no method in 'ApiStages' may lift them",
      holds: ({ Properties }) => areLimits(Properties?.Throttle) && keepsLimits(Properties?.ApiStages),
    });
  }
}

/** A limit that limits; nothing where there is none, where it is lifted, or where only deployment tells it. */
function stated(limit: number | undefined): number | undefined {
  return typeof limit === 'number' && limit >= 0 ? limit : undefined;
}

/** Whether both limits are there; what only deployment tells, the user chose. */
function areLimits(throttle: unknown): boolean {
  return LIMITS.map((limit) => valueAt(throttle, limit)).every((limit) => isIntrinsic(limit) || (typeof limit === 'number' && limit >= 0));
}

function keepsLimits(stages: unknown): boolean {
  if (stages === undefined) return true;
  return Array.isArray(stages) && stages.every((stage) => {
    const methods: unknown = valueAt(stage, 'Throttle') ?? {};
    return !isIntrinsic(stage) && !isIntrinsic(methods) && Object.values(methods as object).every((limits) => !isIntrinsic(limits)
      && LIMITS.map((limit) => valueAt(limits, limit)).every((limit) => limit === undefined || (typeof limit === 'number' && limit >= 0)));
  });
}
