import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { anyOf, block, not, UnorderedRule } from './web-acl-rule';

/** How much of a body WAF can be told to inspect for API Gateway (AWS WAF Developer Guide, "Managing body inspection size limits"). */
const INSPECTED_KILOBYTES = [16, 32, 48, 64];

const WINDOW_SECONDS = 300;

/**
 * Fewest and most requests of a rate rule (AWS WAF Developer Guide, "Rate-based rule high-level settings"), and the most that still protect, by
 * control `WAF-RATE-LIMIT`.
 */
export const REQUEST_LIMITS = { min: 10, honest: 30_000, max: 2_000_000_000 };

/** Refuses a longer body, and one that goes on behind what WAF inspects (413, RFC 9110, 15.5.14). */
export function bodySizeRule(maxBytes: number): UnorderedRule {
  return {
    name: 'BodySize',
    action: block(413),
    statement: {
      sizeConstraintStatement: {
        fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
        comparisonOperator: 'GT',
        size: maxBytes,
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    },
  };
}

/** Lets WAF inspect as much of a body as may be sent; undefined where the default of 16 KiB is enough. */
export function bodyInspection(maxBytes: number): wafv2.CfnWebACL.AssociationConfigProperty | undefined {
  const kilobytes = INSPECTED_KILOBYTES.find((each) => maxBytes <= each * 1024)!;
  return kilobytes === INSPECTED_KILOBYTES[0] ? undefined : { requestBody: { API_GATEWAY: { defaultSizeInspectionLimit: `KB_${kilobytes}` } } };
}

/**
 * Refuses a body of another media type (415, RFC 9110, 15.5.16).
 *
 * API Gateway validates a body only by the model of its media type, and a proxy integration passes on any other.
 */
export function contentTypeRule(contentTypes: readonly string[]): UnorderedRule {
  return mediaTypeRule(contentTypes.map((type) => type.replace(/[.+]/g, '\\$&')));
}

/** Refuses a body whose media type, without parameters, none of the regular expressions matches as a whole. */
export function mediaTypeRule(patterns: readonly string[]): UnorderedRule {
  const hasBody: wafv2.CfnWebACL.StatementProperty = {
    sizeConstraintStatement: {
      fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
      comparisonOperator: 'GT',
      size: 0,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
  const isKnown = patterns.map((pattern): wafv2.CfnWebACL.StatementProperty => ({
    regexMatchStatement: {
      fieldToMatch: { singleHeader: { Name: 'content-type' } },
      regexString: `^${pattern}\\s*(;|$)`,
      textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
    },
  }));
  return { name: 'ContentType', action: block(415), statement: { andStatement: { statements: [hasBody, not(anyOf(isKnown))] } } };
}

/** Refuses an address that asks too often (429, RFC 6585, 4). */
export function rateByAddress(limit: number): UnorderedRule {
  return {
    name: 'RateByAddress',
    action: block(429),
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: WINDOW_SECONDS } },
  };
}

/** Refuses an address that asks one path too often, whichever path it is. */
export function rateByAddressAndPath(limit: number): UnorderedRule {
  return {
    name: 'RateByAddressAndPath',
    action: block(429),
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'CUSTOM_KEYS',
        customKeys: [{ ip: {} }, { uriPath: { textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }] } }],
        limit,
        evaluationWindowSec: WINDOW_SECONDS,
      },
    },
  };
}

/** Refuses an address that asks the paths under `path` too often. */
export function rateOnPath(name: string, path: string, limit: number): UnorderedRule {
  return {
    name,
    action: block(429),
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'IP',
        limit,
        evaluationWindowSec: WINDOW_SECONDS,
        scopeDownStatement: {
          byteMatchStatement: {
            fieldToMatch: { uriPath: {} },
            positionalConstraint: 'STARTS_WITH',
            searchString: path,
            textTransformations: [{ priority: 0, type: 'NORMALIZE_PATH' }],
          },
        },
      },
    },
  };
}
