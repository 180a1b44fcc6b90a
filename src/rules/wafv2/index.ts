import { wafBlockAlarm } from './waf-block-alarm';
import { wafBlocks } from './waf-blocks';
import { wafBodySize } from './waf-body-size';
import { wafLogRedaction } from './waf-log-redaction';
import { wafLogging } from './waf-logging';
import { wafManagedRules } from './waf-managed-rules';
import { wafMetrics } from './waf-metrics';
import { wafRateLimit } from './waf-rate-limit';
import { wafRuleGroupEmpty } from './waf-rule-group-empty';
import { wafSamples } from './waf-samples';
import { Rule } from '../rule';

/** Rules of AWS WAF. */
export const WAFV2_RULES: readonly Rule[] = [
  wafBlockAlarm,
  wafBlocks,
  wafBodySize,
  wafLogRedaction,
  wafLogging,
  wafManagedRules,
  wafMetrics,
  wafRateLimit,
  wafRuleGroupEmpty,
  wafSamples,
];
