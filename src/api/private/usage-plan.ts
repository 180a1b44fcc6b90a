import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { requireRates } from './consumer-checks';
import { ConsumerHost } from './consumer-host';
import { ConfigurationError } from '../../private';
import { ApiConsumerProps } from '../api-consumer';
import { ConsumerMethodLimit } from '../consumer-limits';

const RATE = 10;
const BURST = 20;
const PERIOD_SECONDS = 300;

type Limits = Pick<ApiConsumerProps, 'burstLimit' | 'methodLimits' | 'quota' | 'rateLimit' | 'suspended'>;

/** What limits a consumer. Without a stage API Gateway refuses its key with 403. */
export function usagePlanOf(consumer: Construct, host: ConsumerHost, limits: Limits): apigateway.UsagePlan {
  const { rateLimit = RATE, burstLimit = BURST, methodLimits = [], quota, suspended } = limits;
  requireRates(consumer, rateLimit, burstLimit);
  requireMethodLimits(consumer, host, methodLimits);
  const throttle = methodLimits.map(({ route, ...rates }) => (
    { method: route.method, throttle: { rateLimit: rates.rateLimit, burstLimit: rates.burstLimit } }));
  return new apigateway.UsagePlan(consumer, 'UsagePlan', {
    description: `Limits ${consumer.node.path}`,
    throttle: { rateLimit, burstLimit },
    quota: quota && { limit: quota.limit, period: quota.period },
    apiStages: suspended ? [] : [{ api: host.restApi, stage: host.restApi.deploymentStage, throttle: throttle.length > 0 ? throttle : undefined }],
  });
}

/** Requests in five minutes that come near to what a consumer may ask. */
export function surgeOf({ rateLimit = RATE }: Limits): number {
  return Math.floor(0.8 * rateLimit * PERIOD_SECONDS);
}

function requireMethodLimits(consumer: Construct, host: ConsumerHost, methodLimits: readonly ConsumerMethodLimit[]): void {
  const seen = new Set<apigateway.Method>();
  for (const { route, rateLimit, burstLimit } of methodLimits) {
    const name = `${route.httpMethod} ${route.path}`;
    host.callers.requireMetered(consumer, 'methodLimits', route);
    requireRates(consumer, rateLimit, burstLimit, ` of route '${name}'`);
    if (seen.has(route.method)) throw new ConfigurationError(consumer, `'methodLimits' must limit each route once, got '${name}' twice; leave one out`);
    seen.add(route.method);
  }
}
