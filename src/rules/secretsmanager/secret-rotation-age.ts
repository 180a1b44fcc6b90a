import { longestGapDays, MAX_DAYS } from './schedule';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, numberOf, Value } from '../values';

/** The longest that a credential may serve (AWS Foundational Security Best Practices, SecretsManager.4, default of its parameter). */
const MAX_AGE_DAYS = 90;

const DAYS = 'RotationRules.AutomaticallyAfterDays';
const EXPRESSION = 'RotationRules.ScheduleExpression';

/** Checks `SECRET-ROTATION-AGE`. */
export const secretRotationAge: Rule = {
  control: 'SECRET-ROTATION-AGE',
  check({ properties }) {
    const days = at(properties, DAYS);
    const expression = at(properties, EXPRESSION);
    if (isUnknown(properties.RotationRules)) return unresolved(properties.RotationRules, 'RotationRules');
    if (days === undefined && expression === undefined) return violation('NoInterval', 'RotationRules has neither ScheduleExpression nor AutomaticallyAfterDays', 'RotationRules');
    // Secrets Manager takes either, not both (API Reference, RotationRulesType).
    if (days !== undefined && expression !== undefined) return cannotTell('UnresolvedInterval', 'RotationRules has both ScheduleExpression and AutomaticallyAfterDays', 'RotationRules');
    return days === undefined ? byExpression(expression) : byDays(days);
  },
};

function byDays(value: Value): Outcome {
  const days = numberOf(value);
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > MAX_DAYS) return unresolved(value, DAYS);
  return outcomeOf(days, `AutomaticallyAfterDays ${days}`, DAYS);
}

function byExpression(value: Value): Outcome {
  const days = typeof value === 'string' ? longestGapDays(value) : undefined;
  return days === undefined ? unresolved(value, EXPRESSION) : outcomeOf(days, String(value), EXPRESSION);
}

function outcomeOf(days: number, setting: string, property: string): Outcome {
  const often = days === Infinity ? 'on no day of any year' : days < 1 ? `every ${days * 24} hours` : `at least every ${days} days`;
  return days > MAX_AGE_DAYS
    ? violation('TooRare', `${setting} rotates ${often}, more than ${MAX_AGE_DAYS} days apart`, property)
    : compliant(`rotates ${often}: ${setting}`, property);
}

function unresolved(value: Value, property: string): Outcome {
  return cannotTell('UnresolvedInterval', `${property} is ${describe(value)}`, property);
}
