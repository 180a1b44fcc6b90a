import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { acknowledgeInPacks, requireInteger } from '../../private';

/** Limits of API Gateway for all APIs of an account in a Region, which no route can exceed (API Gateway Developer Guide, "Amazon API Gateway quotas"). */
const MAX_RATE = 10_000;
const MAX_BURST = 5_000;

interface Limits {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** Refuses limits beyond those of API Gateway. */
export function requireLimits(scope: Construct, rateProp: string, rateLimit: number, burstProp: string, burstLimit: number): void {
  requireInteger(scope, rateProp, rateLimit, 1, MAX_RATE);
  requireInteger(scope, burstProp, burstLimit, 1, MAX_BURST);
}

/** Limits and logging of the methods of a stage. */
export class MethodSettings {
  private readonly limits: Limits;
  private readonly ofRoutes: apigateway.CfnStage.MethodSettingProperty[] = [];

  constructor(private readonly api: Construct, rateLimit: number, burstLimit: number) {
    this.limits = this.checked('rateLimit', rateLimit, 'burstLimit', burstLimit);
  }

  /** Gives a route limits of its own, where it asks for any. */
  public add(httpMethod: string, path: string, rateLimit?: number, burstLimit?: number): void {
    if (rateLimit === undefined && burstLimit === undefined) return;
    const route = `of route '${httpMethod} ${path}'`;
    const limits = this.checked(`rateLimit ${route}`, rateLimit ?? this.limits.rateLimit, `burstLimit ${route}`, burstLimit ?? this.limits.burstLimit);
    this.ofRoutes.push(setting(httpMethod, path, limits));
  }

  /** As the stage has them. */
  public render(): apigateway.CfnStage.MethodSettingProperty[] {
    return [setting('*', '/*', this.limits), ...this.ofRoutes];
  }

  private checked(rateProp: string, rateLimit: number, burstProp: string, burstLimit: number): Limits {
    requireLimits(this.api, rateProp, rateLimit, burstProp, burstLimit);
    return { rateLimit, burstLimit };
  }
}

/**
 * A setting replaces the general one wholly, so each says everything.
 *
 * The execution log tells errors alone, since at a higher level it quotes query strings and headers; bodies are never traced.
 */
function setting(httpMethod: string, resourcePath: string, { rateLimit, burstLimit }: Limits): apigateway.CfnStage.MethodSettingProperty {
  return {
    httpMethod,
    resourcePath,
    throttlingRateLimit: rateLimit,
    throttlingBurstLimit: burstLimit,
    loggingLevel: apigateway.MethodLoggingLevel.ERROR,
    dataTraceEnabled: false,
    // Metrics of each method are billed one by one; those of the API are free.
    metricsEnabled: false,
  };
}

/** Says to other packs why a stage does not follow rules of theirs. */
export function acknowledgeStage(stage: Construct): void {
  acknowledgeInPacks(stage, 'APIGWCacheEnabledAndEncrypted',
    'answers are not kept: they depend on who asks, and a cache would hand one caller what was made for another');
  acknowledgeInPacks(stage, 'APIGWSSLEnabled',
    'a client certificate is for backends that are reached over HTTP, and is there once a route has one; the others are asked by IAM');
}
