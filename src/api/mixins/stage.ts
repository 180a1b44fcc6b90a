import { Mixin, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { IConstruct } from 'constructs';
import { amendMethodSettings, MethodSetting, methodSettingsHold } from './private/method-settings';
import { amended, ConfigurationError, guardAgainstUndoing, requireInteger, Untold, valueAt } from '../../private';

const LEVELS: readonly unknown[] = [apigateway.MethodLoggingLevel.ERROR, apigateway.MethodLoggingLevel.INFO];

/**
 * Logs what fails inside the gateway, for every method of a stage. Applies control `API-EXECUTION-LOG`.
 *
 * A level that is stated already stays, unless it is `OFF`. API Gateway writes the log only if the account has a role for it
 * (`apigateway.CfnAccount`), which every stage of the account and Region shares. The log group has a fixed name, and its events are billed.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.StageExecutionLog());
 */
export class StageExecutionLog extends Mixin {
  /** @param level what is logged where nothing is stated; `ERROR` where it is left out */
  constructor(private readonly level: apigateway.MethodLoggingLevel = apigateway.MethodLoggingLevel.ERROR) {
    super();
  }

  public supports(construct: IConstruct): construct is apigateway.CfnStage {
    return apigateway.CfnStage.isCfnStage(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    if (!LEVELS.includes(this.level)) {
      throw new ConfigurationError(construct, `'level' must be ERROR or INFO, got ${this.level}; choose MethodLoggingLevel.ERROR, or leave the mixin out`);
    }
    const logged = (setting: MethodSetting) => (LEVELS.includes(setting.loggingLevel) ? setting : { ...setting, loggingLevel: this.level });
    amendMethodSettings(construct, logged, (setting) => (setting.loggingLevel === undefined ? setting : logged(setting)));
    guardAgainstUndoing(construct, {
      control: 'API-EXECUTION-LOG',
      mixin: 'api.mixins.StageExecutionLog',
      demand: "'LoggingLevel' must be ERROR or INFO for every method",
      holds: (rendered) => methodSettingsHold(rendered, true, (setting, forAll) => {
        const level = valueAt(setting, 'LoggingLevel');
        return LEVELS.includes(level) || (!forAll && level === undefined);
      }),
    });
  }
}

/** Keeps headers and bodies out of the execution log of a stage. Applies control `API-LOG-DATA`. */
export class StageLogData extends Mixin {
  public supports(construct: IConstruct): construct is apigateway.CfnStage {
    return apigateway.CfnStage.isCfnStage(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    amendMethodSettings(construct, undefined, (setting) => ({ ...setting, dataTraceEnabled: false }));
    guardAgainstUndoing(construct, {
      control: 'API-LOG-DATA',
      mixin: 'api.mixins.StageLogData',
      demand: "'DataTraceEnabled' must be false in every method setting",
      holds: (rendered) => methodSettingsHold(rendered, false, (setting) => [undefined, false].includes(valueAt(setting, 'DataTraceEnabled') as boolean | undefined)),
    });
  }
}

/** Encrypts the responses that a stage caches, wherever it caches. Applies control `API-CACHE-ENCRYPTION`. */
export class StageCacheEncryption extends Mixin {
  public supports(construct: IConstruct): construct is apigateway.CfnStage {
    return apigateway.CfnStage.isCfnStage(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const caches = (value: unknown) => value !== undefined && value !== false;
    amendMethodSettings(construct, undefined, (setting) => (caches(setting.cachingEnabled) ? { ...setting, cacheDataEncrypted: true } : setting));
    guardAgainstUndoing(construct, {
      control: 'API-CACHE-ENCRYPTION',
      mixin: 'api.mixins.StageCacheEncryption',
      demand: "'CacheDataEncrypted' must be true wherever 'CachingEnabled' is",
      holds: (rendered) => methodSettingsHold(rendered, false, (setting) =>
        !caches(valueAt(setting, 'CachingEnabled')) || valueAt(setting, 'CacheDataEncrypted') === true),
    });
  }
}

/**
 * Limits the rate of requests to a stage, so that it cannot use up that of the account. Applies control `API-THROTTLING`.
 *
 * Limits of single methods and routes stay, unless they lift the limit. API Gateway applies limits on a best-effort basis: they are targets
 * and no ceilings (Amazon API Gateway Developer Guide, "Throttle requests to your REST APIs").
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.StageThrottling(100, 50));
 */
export class StageThrottling extends Mixin {
  /**
   * @param requestsPerSecond steady rate of all callers together, above 0
   * @param burst requests that may be under way at once, at least 1
   */
  constructor(private readonly requestsPerSecond: number, private readonly burst: number) {
    super();
  }

  public supports(construct: IConstruct): construct is apigateway.CfnStage | apigatewayv2.CfnStage {
    return apigateway.CfnStage.isCfnStage(construct) || apigatewayv2.CfnStage.isCfnStage(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    if (!Token.isUnresolved(this.requestsPerSecond) && !(this.requestsPerSecond > 0)) {
      throw new ConfigurationError(construct, `'requestsPerSecond' must be above 0, got ${this.requestsPerSecond}; choose what the backend can bear`);
    }
    requireInteger(construct, 'burst', this.burst, 1, 1_000_000);
    const limits = { throttlingRateLimit: this.requestsPerSecond, throttlingBurstLimit: this.burst };
    const lifted = (value: unknown) => typeof value === 'number' && value < 0;
    const stated = (settings: unknown) => ['ThrottlingRateLimit', 'ThrottlingBurstLimit'].map((limit) => valueAt(settings, limit))
      .every((limit) => limit !== undefined && !lifted(limit));
    const isRest = apigateway.CfnStage.isCfnStage(construct);
    if (isRest) {
      amendMethodSettings(construct, (setting) => ({ ...setting, ...limits }), (setting) =>
        (lifted(setting.throttlingRateLimit) || lifted(setting.throttlingBurstLimit) ? { ...setting, ...limits } : setting));
    } else {
      construct.defaultRouteSettings = amended<apigatewayv2.CfnStage.RouteSettingsProperty>(
        construct.defaultRouteSettings, (settings) => ({ ...settings, ...limits }), Untold.REPLACE);
    }
    guardAgainstUndoing(construct, {
      control: 'API-THROTTLING',
      mixin: 'api.mixins.StageThrottling',
      demand: `${isRest ? "'MethodSettings' for /* and *" : "'DefaultRouteSettings'"} must have a rate and a burst limit`,
      holds: (rendered) => (isRest
        ? methodSettingsHold(rendered, true, (setting, forAll) => !forAll || stated(setting))
        : stated(rendered.Properties?.DefaultRouteSettings)),
    });
  }
}

/** Sends traces of a stage's requests to X-Ray. Applies control `API-TRACING`. Traces are billed. */
export class StageTracing extends Mixin {
  public supports(construct: IConstruct): construct is apigateway.CfnStage {
    return apigateway.CfnStage.isCfnStage(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    construct.tracingEnabled = true;
    guardAgainstUndoing(construct, {
      control: 'API-TRACING',
      mixin: 'api.mixins.StageTracing',
      demand: "'TracingEnabled' must be true",
      holds: ({ Properties }) => Properties?.TracingEnabled === true,
    });
  }
}
