import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ConfigurationError } from './errors';

/** Refuses a duration of days outside `min` to `max`; an unresolved token passes, since deployment alone knows it. */
export function requireDays(scope: IConstruct, prop: string, value: Duration, min: number, max: number): void {
  if (value.isUnresolved()) return;
  const days = value.toDays({ integral: false });
  if (!Number.isInteger(days) || days < min || days > max) {
    throw new ConfigurationError(scope, `'${prop}' must be between ${min} and ${max} days, got ${days}; choose a whole number of days in that range`);
  }
}

/** Refuses a duration of seconds outside `min` to `max`. */
export function requireSeconds(scope: IConstruct, prop: string, value: Duration, min: number, max: number): void {
  if (value.isUnresolved()) return;
  const seconds = value.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
    throw new ConfigurationError(scope, `'${prop}' must be between ${min} and ${max} seconds, got ${seconds}; choose a whole number of seconds in that range`);
  }
}

/** Refuses a number that is not whole or lies outside `min` to `max`. */
export function requireInteger(scope: IConstruct, prop: string, value: number, min: number, max: number): void {
  if (Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConfigurationError(scope, `'${prop}' must be a whole number between ${min} and ${max}, got ${value}; choose one in that range`);
  }
}

/** Refuses text that does not match; `rule` says in words what does, and `remedy` what to write instead. */
export function requireMatch(scope: IConstruct, prop: string, value: string, pattern: RegExp, rule: string, remedy: string): void {
  if (Token.isUnresolved(value)) return;
  if (!pattern.test(value)) {
    throw new ConfigurationError(scope, `'${prop}' must be ${rule}, got '${value}'; ${remedy}`);
  }
}
