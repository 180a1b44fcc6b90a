import { Names } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Foundation, IFoundation } from '../foundation';
import { requireInteger } from '../private';
import { blockedRequests, makeAcl } from './private/acl-resource';
import { addressRules } from './private/address-rules';
import { CREDENTIAL_HEADERS } from './private/credential-headers';
import { managedRulesWithoutBodies } from './private/managed-rules';
import { mediaTypeRule, rateByAddress, REQUEST_LIMITS } from './private/request-rules';
import { SIGNATURE_HEADERS } from './private/signature-headers';
import { IWebAcl } from './web-acl-ref';

/** What senders of webhooks send: JSON and what is made of it, forms, XML, and Amazon SNS its JSON as plain text. */
const MEDIA_TYPES = [
  'application/json', 'application/[a-z0-9!#$&^_.-]+[+]json', 'application/x-www-form-urlencoded', 'application/xml', 'text/xml', 'text/plain',
];

/** The most header fields of a protection or a redaction (AWS WAF API Reference, FieldToProtect and LoggingConfiguration). */
const MAX_HEADERS = 100;

/** Properties of a `WebhookAcl`. */
export interface WebhookAclProps {
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
   * The only addresses that are let in, IPv4 and IPv6, in CIDR notation, for all receivers alike.
   *
   * @default - any address
   */
  readonly allowedCidrs?: string[];

  /**
   * Requests that one address may make in five minutes, from 10 to 30000. Senders deliver everything from few addresses.
   *
   * @default 10000
   */
  readonly requestsPerAddress?: number;

  /**
   * Refused requests in five minutes that raise an alarm.
   *
   * @default 100
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
 * A web ACL for APIs that receive webhooks: it blocks by address, reputation, rate, media type and headers, and never by what a body says.
 *
 * An event may quote a script, a query or a template, and one that is refused is lost in the end. The receiver bounds a body, and verifies its
 * signature before it reads any of it; the managed rules that read bodies count. Neither the log nor a sample shows credentials or signatures.
 *
 * @example
 * const webhookAcl = new api.WebhookAcl(this, 'WebhookAcl', { deniedCidrs: ['192.0.2.0/24'] });
 * new api.ApiPlatform(this, 'Apis', { webhookAcl });
 */
export class WebhookAcl extends Construct implements IWebAcl {
  public readonly webAclArn: string;

  /** Name under which the metrics of the web ACL stand. */
  public readonly metricName: string;

  /** Where the requests are logged. */
  public readonly logGroup: logs.ILogGroup;

  private readonly hidden = new Set([...CREDENTIAL_HEADERS, ...SIGNATURE_HEADERS]);

  constructor(scope: Construct, id: string, props: WebhookAclProps = {}) {
    super(scope, id);

    const requestsPerAddress = props.requestsPerAddress ?? 10_000;
    const maxBlocked = props.maxBlocked ?? 100;
    requireInteger(this, 'requestsPerAddress', requestsPerAddress, REQUEST_LIMITS.min, REQUEST_LIMITS.honest);
    requireInteger(this, 'maxBlocked', maxBlocked, 1, Number.MAX_SAFE_INTEGER);

    const rules = [...addressRules(this, props), mediaTypeRule(MEDIA_TYPES), rateByAddress(requestsPerAddress), ...managedRulesWithoutBodies()];
    this.metricName = Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const made = makeAcl(this, {
      foundation: props.foundation ?? Foundation.of(this),
      metricName: this.metricName,
      logRetention: props.logRetention,
      maxBlocked,
      rules: () => rules,
      hiddenHeaders: () => [...this.hidden],
    });
    this.webAclArn = made.webAclArn;
    this.logGroup = made.logGroup;
    this.node.addValidation({
      validate: () => this.hidden.size <= MAX_HEADERS ? []
        : [`'header' of the schemes must name at most ${MAX_HEADERS} fields together, got ${this.hidden.size}; receive some webhooks by another platform`],
    });
  }

  /** Requests that the web ACL refused, in five minutes. */
  public metricBlocked(): cloudwatch.Metric {
    return blockedRequests(this, this.metricName);
  }

  /**
   * Keeps a header field out of log and samples, besides those of known senders.
   *
   * @internal
   */
  public _hide(header: string): void {
    this.hidden.add(header.toLowerCase());
  }
}
