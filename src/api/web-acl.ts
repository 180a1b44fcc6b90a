import { Duration, Lazy, Names, Size, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireInteger, requireMatch } from '../private';
import { EncryptedLogGroup } from '../storage';
import { addressRules } from './private/address-rules';
import { CREDENTIAL_HEADERS } from './private/credential-headers';
import { managedRules } from './private/managed-rules';
import { bodyInspection, bodySizeRule, contentTypeRule, rateByAddress, rateByAddressAndPath, rateOnPath } from './private/request-rules';
import { prioritized, UnorderedRule, visibility } from './private/web-acl-rule';
import { IWebAcl } from './web-acl-ref';

/** Fewest and most requests of a rate rule (AWS WAF Developer Guide, "Rate-based rule high-level settings"). */
const RATE_LIMITS = { min: 10, max: 2_000_000_000 };

/** Properties of a `WebAcl`. */
export interface WebAclProps {
  /**
   * What the integrations of the environment share.
   *
   * @default - the stack's own, `Foundation.of(this)`
   */
  readonly foundation?: IFoundation;

  /**
   * Addresses that are refused, IPv4 and IPv6, in CIDR notation.
   *
   * @default - none
   */
  readonly deniedCidrs?: string[];

  /**
   * The only addresses that are let in, IPv4 and IPv6, in CIDR notation. The other rules judge them too.
   *
   * @default - any address
   */
  readonly allowedCidrs?: string[];

  /**
   * The only countries that are let in, by the two letters of ISO 3166-1. Where an address is from is a guess.
   *
   * @default - any country
   */
  readonly allowedCountries?: string[];

  /**
   * Largest body of a request, from 1 byte to 64 KiB. What lies behind the part that WAF inspects is refused with it.
   *
   * Above 8 KiB the limit replaces the one of the common rule set, and each started 16 KiB above the first raise the price of a request.
   *
   * @default Size.kibibytes(8)
   */
  readonly maxBody?: Size;

  /**
   * Media types of bodies that are let in, in lower case, without parameters. A request without a body needs none.
   *
   * @default ['application/json']
   */
  readonly contentTypes?: string[];

  /**
   * Requests that one address may make in five minutes, at least 10.
   *
   * @default 2000
   */
  readonly requestsPerAddress?: number;

  /**
   * Requests that one address may make to one path in five minutes, at least 10.
   *
   * @default 1000
   */
  readonly requestsPerAddressAndPath?: number;

  /**
   * Refused requests in five minutes that raise an alarm.
   *
   * @default 1000
   */
  readonly maxBlocked?: number;

  /**
   * How long a logged request is kept.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * A web ACL that all APIs of an environment share: the AWS managed rules, limits by address and by path, of size and of media type.
 *
 * Every rule blocks; none only counts. Each request is logged. Neither the log nor a sample shows credentials. An alarm tells when many
 * requests are refused.
 *
 * @example
 * const acl = new api.WebAcl(this, 'WebAcl', { deniedCidrs: ['192.0.2.0/24'], requestsPerAddress: 500 });
 * acl.addPathLimit('/login', 20);
 */
export class WebAcl extends Construct implements IWebAcl {
  /** Refers to a web ACL of the same account and Region. */
  public static fromWebAclArn(scope: Construct, id: string, webAclArn: string): IWebAcl {
    class Imported extends Construct implements IWebAcl {
      public readonly webAclArn = webAclArn;
    }
    const imported = new Imported(scope, id);
    requireMatch(imported, 'webAclArn', webAclArn, /^arn:[^:]+:wafv2:[^:]+:\d{12}:regional\/webacl\/[^/]+\/[^/]+$/, 'the ARN of a regional web ACL',
      "write for example 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/apis/1234abcd-12ab-34cd-56ef-1234567890ab'");
    return imported;
  }

  public readonly webAclArn: string;

  /** Name under which the metrics of the web ACL stand. */
  public readonly metricName: string;

  /** Where the requests are logged. */
  public readonly logGroup: logs.ILogGroup;

  private readonly first: UnorderedRule[];
  private readonly pathLimits: UnorderedRule[] = [];

  constructor(scope: Construct, id: string, props: WebAclProps = {}) {
    super(scope, id);

    const maxBytes = (props.maxBody ?? Size.kibibytes(8)).toBytes();
    const contentTypes = props.contentTypes ?? ['application/json'];
    const requestsPerAddress = props.requestsPerAddress ?? 2000;
    const requestsPerAddressAndPath = props.requestsPerAddressAndPath ?? 1000;
    const maxBlocked = props.maxBlocked ?? 1000;
    requireInteger(this, 'maxBody', maxBytes, 1, 64 * 1024);
    requireInteger(this, 'requestsPerAddress', requestsPerAddress, RATE_LIMITS.min, RATE_LIMITS.max);
    requireInteger(this, 'requestsPerAddressAndPath', requestsPerAddressAndPath, RATE_LIMITS.min, RATE_LIMITS.max);
    requireInteger(this, 'maxBlocked', maxBlocked, 1, Number.MAX_SAFE_INTEGER);
    this.requireContentTypes(contentTypes);

    const foundation = props.foundation ?? Foundation.of(this);
    this.metricName = Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    this.first = [
      ...addressRules(this, props),
      bodySizeRule(maxBytes),
      contentTypeRule(contentTypes),
      rateByAddress(requestsPerAddress),
      rateByAddressAndPath(requestsPerAddressAndPath),
    ];

    const resource = new wafv2.CfnWebACL(this, 'Resource', {
      description: `Guards the APIs of ${Stack.of(this).node.path}`.replace(/[^\w+=:#@/\-,.\s]/g, '-').slice(0, 256),
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility(this.metricName),
      rules: Lazy.any({ produce: () => prioritized([...this.first, ...this.pathLimits, ...managedRules(maxBytes)]) }),
      associationConfig: bodyInspection(maxBytes),
      // The redaction of a log leaves samples as they are, which show requests for three hours.
      dataProtectionConfig: {
        dataProtections: [{ action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: [...CREDENTIAL_HEADERS] } }],
      },
    });
    this.webAclArn = resource.attrArn;

    this.logGroup = this.log(resource, foundation, props.logRetention);
    foundation.notify(new cloudwatch.Alarm(this, 'BlockedAlarm', {
      alarmDescription: `${this.node.path}: many requests are refused. See in the log which rule refuses them, and whom.`,
      metric: this.metricBlocked(),
      threshold: maxBlocked,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
  }

  /**
   * Limits what one address may ask of one path, on top of the other limits.
   *
   * @param path start of the path as the client sends it, base path or stage included: `/login`
   * @param requestsPerAddress requests in five minutes, at least 10
   */
  public addPathLimit(path: string, requestsPerAddress: number): void {
    requireMatch(this, 'path', path, /^\/[\x21-\x7e]{0,199}$/, 'a path of at most 200 characters that starts with a slash', "write for example '/login'");
    requireInteger(this, 'requestsPerAddress', requestsPerAddress, RATE_LIMITS.min, RATE_LIMITS.max);
    this.pathLimits.push(rateOnPath(`RateOnPath${this.pathLimits.length + 1}`, path, requestsPerAddress));
  }

  /** Requests that the web ACL refused, in five minutes. */
  public metricBlocked(): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: this.metricName, Region: Stack.of(this).region, Rule: 'ALL' },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
  }

  private log(acl: wafv2.CfnWebACL, foundation: IFoundation, retention?: logs.RetentionDays): logs.ILogGroup {
    const { logGroup } = new EncryptedLogGroup(this, 'Log', {
      foundation,
      // The prefix is what WAF asks for (AWS WAF Developer Guide, "Sending protection pack (web ACL) traffic logs to an Amazon CloudWatch Logs log group").
      logGroupName: `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`,
      retention,
    });
    new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // Without the ':*' that the attribute of a log group ends with.
      logDestinationConfigs: [Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logGroup.logGroupName}` })],
      redactedFields: CREDENTIAL_HEADERS.map((Name) => ({ singleHeader: { Name } })),
    });
    return logGroup;
  }

  private requireContentTypes(contentTypes: readonly string[]): void {
    if (contentTypes.length === 0 || contentTypes.length > 10) {
      throw new ConfigurationError(this, `'contentTypes' must name 1 to 10 media types, got ${contentTypes.length}; name those that the APIs take`);
    }
    for (const type of contentTypes) {
      if (Token.isUnresolved(type)) {
        throw new ConfigurationError(this, "'contentTypes' must be known at synthesis, got a token; write the media types out");
      }
      requireMatch(this, 'contentTypes', type, /^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/, 'media types in lower case without parameters',
        "write for example 'application/json'");
    }
  }
}
