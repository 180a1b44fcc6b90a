import type { Calls, Detection } from './detection';

/** A text that is the same in both profiles. */
export function both(pattern: string): Detection['patterns'] {
  return { securityHubExact: pattern, strict: pattern };
}

/**
 * A filter pattern for calls of services. Each name stands with its service: others have calls of the same name.
 *
 * @param byHand calls that count unless another service makes them, as AWS CloudFormation does at each deployment (AWS CloudTrail User Guide,
 * "CloudTrail userIdentity element", `invokedBy`)
 */
export function patternOf(calls: Calls, byHand: Calls = []): string {
  const alternatives = [
    ...calls.map(ofService),
    ...byHand.map((each) => `${ofService(each)} && ($.userIdentity.invokedBy NOT EXISTS)`),
  ];
  return `{ ${alternatives.map((each) => `(${each})`).join(' || ')} }`;
}

function ofService([service, ...names]: Calls[number]): string {
  return `($.eventSource = "${service}.amazonaws.com") && (${names.map((name) => `($.eventName = "${name}")`).join(' || ')})`;
}
