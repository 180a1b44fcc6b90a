import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Identity } from './identity';
import { PAYMENT, tell } from './payment';
import { api, foundation } from '../../src';

/** Properties of a `MerchantsApi`. */
export interface MerchantsApiProps {
  readonly foundation: foundation.IFoundation;
  readonly platform: api.IApiPlatform;
  readonly domainName: string;
  readonly certificateArn: string;
  /** Who issues the tokens of cash desks. */
  readonly tokenIssuer: string;
  /** The gateway that hands out opaque tokens, and knows us as a client of our user pool. */
  readonly opaqueIssuer: string;
  /** Who we are to that gateway. */
  readonly identity: Identity;
  /** The role by which our own service reports. */
  readonly settlement: iam.Role;
  /** Ranges of addresses that it calls from. */
  readonly settlementCidrs: string[];
  readonly bus: events.IEventBus;
}

/** Merchants take payments and give them back, and our settlement service reports: three kinds of callers, each with the proof that it can give. */
export class MerchantsApi extends Construct {
  constructor(scope: Construct, id: string, props: MerchantsApiProps) {
    super(scope, id);
    const shared = { foundation: props.foundation };
    const origin = `https://${props.domainName}`;

    const merchants = new api.IntegrationApi(this, 'Api', {
      platform: props.platform,
      description: 'Merchants take payments and give them back',
      domain: new api.ApiDomain(this, 'Domain', {
        domainName: props.domainName, certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn),
      }),
    });

    // A cash desk has a key of its own: what was read from its memory or a log is of no use elsewhere.
    const proving = new api.OidcAuthorizer(this, 'CashDesks', {
      ...shared,
      issuers: [{ issuer: props.tokenIssuer, audiences: [origin] }],
      senderConstraint: api.SenderConstraint.dpop({ origins: [origin] }),
    });
    merchants.addRoute(api.HttpMethod.POST, '/payments', {
      integration: tell(props.bus, 'PaymentTaken'), authorization: api.Authorization.oidc(proving, 'payments:take'), body: PAYMENT,
    });

    // Money that leaves: a token that was revoked stops working within a minute.
    const opaque = new api.IntrospectionAuthorizer(this, 'BackOffices', {
      ...shared,
      issuer: props.opaqueIssuer,
      endpoint: `${props.opaqueIssuer}oauth2/introspect`,
      audiences: [origin],
      clientCredentials: props.identity.credentials.secret,
    });
    merchants.addRoute(api.HttpMethod.POST, '/refunds', {
      integration: tell(props.bus, 'PaymentReturned'), authorization: api.Authorization.introspection(opaque, 'payments:return'), body: PAYMENT,
    });

    // A role of our account signs, and a key meters.
    const settle = merchants.addRoute(api.HttpMethod.POST, '/settlements', {
      integration: tell(props.bus, 'PaymentSettled'), authorization: api.Authorization.iam(), requireApiKey: true, body: PAYMENT,
    });
    const consumer = merchants.addConsumer('settlement', {
      access: api.ConsumerAccess.apiKeyWithRole(props.settlement), cidrs: props.settlementCidrs, rateLimit: 50, burstLimit: 100,
    });
    consumer.grantInvoke(settle);
    consumer.grantReadKey(props.settlement);
  }
}
