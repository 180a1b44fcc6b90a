import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { api } from '../../../src';

const { UsagePlanThrottling } = api.mixins;

type Throttle = apigateway.CfnUsagePlan.ThrottleSettingsProperty | undefined;

function throttled(throttle: (stack: Stack) => Throttle, mixin = (_stack: Stack) => new UsagePlanThrottling(10, 20)): unknown {
  const stack = new Stack(new App(), 'Stack');
  new apigateway.CfnUsagePlan(stack, 'Plan', { throttle: throttle(stack) }).with(mixin(stack));
  return Template.fromStack(stack).toJSON().Resources.Plan.Properties.Throttle;
}

const numberIn = (stack: Stack) => new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;

test('limits a plan that has no limits, or lifts them', () => {
  expect(throttled(() => undefined)).toEqual({ RateLimit: 10, BurstLimit: 20 });
  expect(throttled(() => ({ rateLimit: -1, burstLimit: -1 }))).toEqual({ RateLimit: 10, BurstLimit: 20 });
});

test('leaves a limit that is stated', () => {
  expect(throttled(() => ({ rateLimit: 3 }))).toEqual({ RateLimit: 3, BurstLimit: 20 });
});

test('replaces a limit that only deployment tells', () => {
  expect(throttled((stack) => ({ rateLimit: numberIn(stack), burstLimit: 3 }))).toEqual({ RateLimit: 10, BurstLimit: 3 });
});

test('applies what only deployment tells', () => {
  expect(throttled(() => undefined, (stack) => new UsagePlanThrottling(10, numberIn(stack)))).toEqual({ RateLimit: 10, BurstLimit: { Ref: 'Number' } });
});

test.each<[number, number, string]>([
  [0, 1, "'requestsPerSecond' must be above 0, got 0; choose what the backend can bear"],
  [1, 0, "'burst' must be a whole number between 1 and 1000000, got 0; choose one in that range"],
])('refuses %d requests, %d at once', (rate, burst, message) => {
  expect(() => throttled(() => undefined, () => new UsagePlanThrottling(rate, burst))).toThrow(`[Stack/Plan] ${message}`);
});

test('has nothing to do with anything else', () => {
  const stack = new Stack(new App(), 'Stack');
  const other = new apigateway.CfnApiKey(stack, 'Key');
  expect(new UsagePlanThrottling(1, 1).supports(other)).toBe(false);
  expect(() => new UsagePlanThrottling(1, 1).applyTo(other)).not.toThrow();
});
