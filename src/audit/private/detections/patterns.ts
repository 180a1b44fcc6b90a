import type { Calls, Detection } from './detection';

/** A text that is the same in both profiles. */
export function both(pattern: string): Detection['patterns'] {
  return { securityHubExact: pattern, strict: pattern };
}

/** A filter pattern for calls of services. Each name stands with its service: others have calls of the same name. */
export function patternOf(calls: Calls): string {
  return `{ ${calls.map(([service, ...names]) => `(${ofService(service, names)})`).join(' || ')} }`;
}

function ofService(service: string, names: readonly string[]): string {
  return `($.eventSource = "${service}.amazonaws.com") && (${names.map((name) => `($.eventName = "${name}")`).join(' || ')})`;
}
