import type { Refusal } from './refusal';

/** What an object has that it should not have. */
export function checkMembers(value: Readonly<Record<string, unknown>>, path: string, known: readonly string[]): Refusal[] {
  return Object.keys(value).every((member) => known.includes(member)) ? [] : [{ path, problem: `has members other than ${known.join(', ')}` }];
}

/** Whether a value of JSON is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
