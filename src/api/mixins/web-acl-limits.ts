import { Duration, Mixin, Size, Token } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { IConstruct } from 'constructs';
import { amendRules, renderedRules, withRule } from './private/acl-rules';
import { ConfigurationError, guardAgainstUndoing, requireInteger, valueAt } from '../../private';

const RATE_RULE = 'AddressRateLimit';
const SIZE_RULE = 'BodySizeLimit';

/** Windows over which AWS WAF counts, in seconds (AWS::WAFv2::WebACL RateBasedStatement). */
const WINDOWS = [60, 120, 300, 600];

/** The least that AWS WAF takes as a limit, and the most that control `WAF-RATE-LIMIT` accepts on average. */
const LEAST_REQUESTS = 10;
const MOST_PER_SECOND = 100;

/** The most that AWS WAF inspects of a body (AWS WAF Developer Guide, Managing body inspection size limits). */
const MOST_BYTES = 65536;

/**
 * Blocks an address that sends too many requests, for as long as it does. Applies control `WAF-RATE-LIMIT`.
 *
 * Behind a proxy all clients have one address: give the web ACL a rule of your own then, which counts by the forwarded one.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.WebAclRateLimit(2000));
 */
export class WebAclRateLimit extends Mixin {
  /**
   * @param requests how many requests an address may send within the window, from 10 to 100 a second on average; 2000 where it is left out
   * @param window 1, 2, 5 or 10 minutes; 5 where it is left out
   */
  constructor(private readonly requests: number = 2000, private readonly window: Duration = Duration.minutes(5)) {
    super();
  }

  public supports(construct: IConstruct): construct is wafv2.CfnWebACL {
    return wafv2.CfnWebACL.isCfnWebACL(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const seconds = this.window.toSeconds();
    if (!WINDOWS.includes(seconds)) {
      throw new ConfigurationError(construct, `'window' must be 1, 2, 5 or 10 minutes, got ${seconds} seconds; AWS WAF counts over these alone`);
    }
    requireInteger(construct, 'requests', this.requests, LEAST_REQUESTS, MOST_PER_SECOND * seconds);
    amendRules(construct, (rules) => withRule(rules, RATE_RULE, {
      action: { block: {} },
      statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: this.requests, evaluationWindowSec: seconds } },
    }));
    guardAgainstUndoing(construct, {
      control: 'WAF-RATE-LIMIT',
      mixin: 'api.mixins.WebAclRateLimit',
      demand: `'Rules' must have the rule '${RATE_RULE}', which blocks`,
      holds: ({ Properties }) => renderedRules(Properties).some((rule) => rule.Name === RATE_RULE && valueAt(rule, 'Action.Block') !== undefined
        && valueAt(rule, 'Statement.RateBasedStatement.AggregateKeyType') === 'IP'),
    });
  }
}

/**
 * Blocks a body above a size, and any of which AWS WAF sees only the beginning. Applies control `WAF-BODY-SIZE`.
 *
 * AWS WAF sees 16 KB of what API Gateway gets, unless `AssociationConfig` of the web ACL says more, which is billed. The core rule set blocks
 * above 8 KB by itself.
 */
export class WebAclBodySize extends Mixin {
  /** @param limit the largest body that passes, up to 64 KiB; 8 KiB, as in the core rule set, where it is left out */
  constructor(private readonly limit: Size = Size.kibibytes(8)) {
    super();
  }

  public supports(construct: IConstruct): construct is wafv2.CfnWebACL {
    return wafv2.CfnWebACL.isCfnWebACL(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const bytes = this.limit.toBytes();
    if (!Token.isUnresolved(bytes) && (bytes < 1 || bytes > MOST_BYTES)) {
      throw new ConfigurationError(construct, `'limit' must be between 1 and ${MOST_BYTES} bytes, got ${bytes}; AWS WAF inspects no more of a body`);
    }
    amendRules(construct, (rules) => withRule(rules, SIZE_RULE, {
      action: { block: {} },
      statement: {
        sizeConstraintStatement: {
          comparisonOperator: 'GT',
          size: bytes,
          fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
          textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      },
    }));
    guardAgainstUndoing(construct, {
      control: 'WAF-BODY-SIZE',
      mixin: 'api.mixins.WebAclBodySize',
      demand: `'Rules' must have the rule '${SIZE_RULE}', which blocks, with oversize handling MATCH`,
      holds: ({ Properties }) => renderedRules(Properties).some((rule) => rule.Name === SIZE_RULE && valueAt(rule, 'Action.Block') !== undefined
        && valueAt(rule, 'Statement.SizeConstraintStatement.FieldToMatch.Body.OversizeHandling') === 'MATCH'),
    });
  }
}
