import { Names, Size, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, requireInteger, requireMatch } from '../private';
import { blockedRequests, makeAcl } from './private/acl-resource';
import { addressRules } from './private/address-rules';
import { CREDENTIAL_HEADERS } from './private/credential-headers';
import { managedRules } from './private/managed-rules';
import { bodyInspection, bodySizeRule, contentTypeRule, rateByAddress, rateByAddressAndPath, rateOnPath, REQUEST_LIMITS } from './private/request-rules';
import { UnorderedRule } from './private/web-acl-rule';
import { IWebAcl } from './web-acl-ref';

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
    requireInteger(this, 'requestsPerAddress', requestsPerAddress, REQUEST_LIMITS.min, REQUEST_LIMITS.max);
    requireInteger(this, 'requestsPerAddressAndPath', requestsPerAddressAndPath, REQUEST_LIMITS.min, REQUEST_LIMITS.max);
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

    const { webAclArn, logGroup } = makeAcl(this, {
      foundation,
      metricName: this.metricName,
      associationConfig: bodyInspection(maxBytes),
      logRetention: props.logRetention,
      maxBlocked,
      rules: () => [...this.first, ...this.pathLimits, ...managedRules(maxBytes)],
      hiddenHeaders: () => CREDENTIAL_HEADERS,
    });
    this.webAclArn = webAclArn;
    this.logGroup = logGroup;
  }

  /**
   * Limits what one address may ask of one path, on top of the other limits.
   *
   * @param path start of the path as the client sends it, base path or stage included: `/login`
   * @param requestsPerAddress requests in five minutes, at least 10
   */
  public addPathLimit(path: string, requestsPerAddress: number): void {
    requireMatch(this, 'path', path, /^\/[\x21-\x7e]{0,199}$/, 'a path of at most 200 characters that starts with a slash', "write for example '/login'");
    requireInteger(this, 'requestsPerAddress', requestsPerAddress, REQUEST_LIMITS.min, REQUEST_LIMITS.max);
    this.pathLimits.push(rateOnPath(`RateOnPath${this.pathLimits.length + 1}`, path, requestsPerAddress));
  }

  /** Requests that the web ACL refused, in five minutes. */
  public metricBlocked(): cloudwatch.Metric {
    return blockedRequests(this, this.metricName);
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
