import { accountBaseline } from './account-baseline';
import { configRecorder } from './config-recorder';
import { detectorEnabled } from './detector-enabled';
import { Rule } from '../rule';

/** Rules of what watches an account as a whole. */
export const ACCOUNT_RULES: readonly Rule[] = [
  accountBaseline,
  configRecorder,
  detectorEnabled,
];
