import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { Foundation } from '../foundation';
import { BoundKeys } from './private/bound-keys';
import { BoundScheme } from './private/bound-scheme';
import { credentialHeaders } from './private/credential-headers';
import { showReceiver } from './private/inbox-dashboard';
import { ReceiverAlarms } from './private/receiver-alarms';
import { requireHeaders, requireKeys, requireReceiver, requireRetention, requireRoom } from './private/receiver-checks';
import { createRejudge } from './private/rejudge';
import { WebhookReceiverProps } from './webhook-receiver-props';
import { HandlerConstruct } from '../functions/handler-construct';
import { acknowledgeInPacks } from '../private/nag';
import { spelledInPacks } from '../private/nag-spelling';

/** API Gateway waits no longer (API Gateway Developer Guide, "Quotas for configuring and running a REST API", integration timeout). */
const TIMEOUT = Duration.seconds(29);

const FETCHES = 'the function calls AWS and, for certificates and to confirm a subscription, hosts that its scheme names, over TLS and without following '
  + 'redirects; it reaches nothing inside a network, so a VPC would add a route and no barrier';

/**
 * A route that takes the webhooks of one sender: genuine ones are in the inbox, once, before the sender is told 200.
 *
 * A webhook is genuine if a key of the sender signed its bytes, and not too long ago where the sender signs the time. Anything else is answered with
 * 401 and written nowhere; a fault of ours with 503, so that the sender tries again. One that comes again is known and answered with 200;
 * another body under the same identifier is kept apart, and an alarm says so.
 *
 * @example
 * declare const inbox: webhooks.WebhookInbox;
 * const hooks = new api.IntegrationApi(this, 'Hooks', { rawBodies: true });
 * new webhooks.WebhookReceiver(this, 'Stripe', {
 *   api: hooks,
 *   path: '/stripe',
 *   scheme: webhooks.SignatureScheme.stripe(),
 *   keys: webhooks.WebhookKeys.keptByHand(core.Waiver.because('Stripe makes the key, and has no API to roll it', {
 *     owner: 'payments',
 *     expires: '2027-06-30',
 *   })),
 *   inbox,
 * });
 */
export class WebhookReceiver extends Construct {
  /** Name of the receiver in events and logs. */
  public readonly endpoint: string;

  /** URL to give to the sender. */
  public readonly publicUrl: string;

  /** The function, for whatever this construct does not cover. */
  public readonly function: lambda.Function;

  /** The secret with the sender's key; undefined for senders that name certificates. */
  public readonly secret?: secretsmanager.ISecret;

  constructor(scope: Construct, id: string, props: WebhookReceiverProps) {
    super(scope, id);

    const { api, path, inbox } = props;
    const headers = (props.keepHeaders ?? ['content-type']).map((name) => name.toLowerCase());
    this.endpoint = props.endpoint ?? nameOf(path);
    requireReceiver(this, props, this.endpoint);
    this.publicUrl = props.publicUrl ?? api.urlOf(path);
    const scheme = props.scheme._bind(this);
    requireHeaders(this, headers, scheme);
    requireRoom(this, scheme.document, this.publicUrl, headers, props.sourceCidrs ?? []);
    requireKeys(this, scheme, props.keys !== undefined);
    inbox._take(this, this.endpoint);

    const foundation = props.foundation ?? Foundation.of(this);
    const keys = props.keys?._bind({ receiver: this, foundation, secretFormat: scheme.secretFormat });
    if (props.retention) requireRetention(this, props, scheme, keys);
    this.secret = keys?.secret;

    const outsideVpc = scheme.keys === 'certificate' ? FETCHES : undefined;
    const environment = this.environment(props, scheme, keys, headers);
    const receive = new HandlerConstruct(this, 'Receive', {
      foundation,
      bundle: 'webhooks/receive',
      description: `Receives the webhooks of ${this.endpoint}`,
      environment: {
        ...environment,
        ...props.sourceCidrs && { SOURCE_CIDRS: Stack.of(this).toJsonString(props.sourceCidrs) },
        ...props.quarantineUnverified && { KEEP_UNVERIFIED: 'true' },
      },
      timeout: TIMEOUT,
      // The time to start falls with the memory, and a sender waits for it.
      memorySize: 512,
      reservedConcurrentExecutions: props.reservedConcurrency ?? 50,
      neverDeferred: 'API Gateway invokes the function synchronously, and a sender that is told of a failure delivers again; nothing waits to be delivered later',
      outsideVpc,
    });
    this.function = receive.function;
    this.letStore(receive, props, keys);
    const unverified = `unverified/${this.endpoint}/`;
    let rejudge: HandlerConstruct | undefined;
    if (props.quarantineUnverified) {
      this.letPut(receive, props, `${unverified}*`);
      rejudge = createRejudge(this, { foundation, environment, bucketArn: inbox.bodies.bucket.bucketArn, prefix: unverified, outsideVpc });
      this.letStore(rejudge, props, keys);
      inbox.bodies.encryptionKey.grantDecrypt(rejudge.role);
      acknowledgePattern(rejudge, `${inbox.bodies.bucket.bucketArn}/${unverified}*`);
      this.expire(props, unverified);
    }

    for (const method of scheme.httpMethods) {
      const route = api._addReceiverRoute(method, path, { handler: this.function, rateLimit: props.rateLimit, burstLimit: props.burstLimit });
      if (props.sourceCidrs) api._restrictSources(route, props.sourceCidrs);
    }
    for (const header of credentialHeaders(scheme.document)) api._hideHeader(header);
    const alarms = new ReceiverAlarms(this, 'Alarms', {
      foundation, name: this.node.path, receive, rejudge, maxForgeries: props.maxForgeries ?? 10, maxDuplicates: props.maxDuplicates ?? 100,
    });
    showReceiver(inbox.dashboard, this.endpoint, alarms);
  }

  /** What the function that judges is told, whenever it does. */
  private environment(
    { inbox, retention }: WebhookReceiverProps, { document }: BoundScheme, keys: BoundKeys | undefined, headers: readonly string[],
  ): Record<string, string> {
    const stack = Stack.of(this);
    return {
      SCHEME: stack.toJsonString(document),
      PUBLIC_URL: this.publicUrl,
      ENDPOINT: this.endpoint,
      TABLE_NAME: inbox.table.table.tableName,
      BODY_BUCKET: inbox.bodies.bucket.bucketName,
      HEADERS: stack.toJsonString(headers),
      ...keys && { SECRET_ARN: keys.secret.secretArn, OVERLAP_SECONDS: String(keys.overlap.toSeconds()) },
      ...keys?.maxAge && { MAX_KEY_AGE_SECONDS: String(keys.maxAge.toSeconds()) },
      ...retention && { KEEP_SECONDS: String(retention.toSeconds()) },
    };
  }

  private letStore(handler: HandlerConstruct, props: WebhookReceiverProps, keys: BoundKeys | undefined): void {
    const { table } = props.inbox;
    handler.allow(['dynamodb:PutItem'], table.table.tableArn);
    table.encryptionKey.grantDecrypt(handler.role);
    this.letPut(handler, props, `${this.endpoint}/*`);
    if (!keys) return;
    // Less than `grantRead`: the function never describes the secret.
    handler.allow(['secretsmanager:GetSecretValue'], keys.secret.secretArn);
    keys.encryptionKey.grantDecrypt(handler.role);
  }

  private letPut(handler: HandlerConstruct, { inbox: { bodies } }: WebhookReceiverProps, pattern: string): void {
    const arn = bodies.bucket.arnForObjects(pattern);
    handler.allow(['s3:PutObject'], arn);
    bodies.encryptionKey.grant(handler.role, 'kms:GenerateDataKey');
    acknowledgePattern(handler, arn);
  }

  /** What was not judged when its record would be gone must not become a second event. */
  private expire({ inbox, retention }: WebhookReceiverProps, prefix: string): void {
    const days = Math.min(retention?.toDays() ?? 7, 7);
    (inbox.bodies.bucket as s3.Bucket).addLifecycleRule({
      id: `Unverified-${this.endpoint}`, prefix, expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(1),
    });
  }
}

function nameOf(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function acknowledgePattern({ role }: HandlerConstruct, arn: string): void {
  acknowledgeInPacks(role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
    'bodies are stored under their hashes, below the name of this one receiver', `Resource::${spelledInPacks(Stack.of(role), arn)}`);
}
