import { alarmAction } from './alarm-action';
import { alarmMissingData } from './alarm-missing-data';
import { Rule } from '../rule';

/** Rules of Amazon CloudWatch alarms. */
export const CLOUDWATCH_RULES: readonly Rule[] = [
  alarmAction,
  alarmMissingData,
];
