import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { PAYMENT, tell } from './payment';
import { api, foundation } from '../../src';

/** The certificates of authorities by which banks are known, which another team keeps. */
export interface BankRoots {
  readonly bucketName: string;
  readonly key: string;
  readonly version: string;
}

/** Properties of a `BanksApi`. */
export interface BanksApiProps {
  readonly foundation: foundation.IFoundation;
  readonly platform: api.IApiPlatform;
  readonly domainName: string;
  readonly certificateArn: string;
  readonly roots: BankRoots;
  /** Who issues the banks' tokens. */
  readonly tokenIssuer: string;
  readonly bus: events.IEventBus;
}

/** Banks announce payments, over connections with client certificates: a token is good for the certificate alone that it is bound to. */
export class BanksApi extends Construct {
  constructor(scope: Construct, id: string, props: BanksApiProps) {
    super(scope, id);

    const domain = new api.ApiDomain(this, 'Domain', {
      domainName: props.domainName,
      certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn),
      trustStore: { bucket: s3.Bucket.fromBucketName(this, 'Roots', props.roots.bucketName), key: props.roots.key, version: props.roots.version },
    });
    const bound = new api.OidcAuthorizer(this, 'BoundTokens', {
      foundation: props.foundation,
      issuers: [{ issuer: props.tokenIssuer, audiences: [`https://${props.domainName}`] }],
      senderConstraint: api.SenderConstraint.mutualTls(),
    });

    const banks = new api.IntegrationApi(this, 'Api', { platform: props.platform, description: 'Banks announce payments', domain });
    banks.addRoute(api.HttpMethod.POST, '/payments', {
      integration: tell(props.bus, 'PaymentAnnounced'), authorization: api.Authorization.oidc(bound, 'payments:announce'), body: PAYMENT,
    });
  }
}
