import { Condition } from '../../src/formats/review-question';
import { TrailField } from '../../src/formats/trail-fields';

/** An event of a trail. */
export type TrailEvent = Readonly<Record<string, unknown>>;

/** Whether a question is about an event: what the two query languages are told to find. */
export function isAbout(condition: Condition, event: TrailEvent): boolean {
  if ('all' in condition) return condition.all.every((each) => isAbout(each, event));
  if ('any' in condition) return condition.any.some((each) => isAbout(each, event));
  const value = fieldOf(event, condition.field);
  if ('is' in condition) return value !== undefined && condition.is.includes(value);
  if ('isNot' in condition) return value === undefined || !condition.isNot.includes(value);
  return value !== undefined && new RegExp(condition.matches).test(value);
}

export function fieldOf(event: TrailEvent, field: TrailField): string | undefined {
  const value = field.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], event);
  return value === undefined || value === null ? undefined : String(value);
}
