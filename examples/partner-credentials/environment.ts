import { App, Duration, Size, Stack, Stage } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BanksApi } from './banks-api';
import { CrmAccess } from './crm';
import { Identity } from './identity';
import { InboundSftp } from './inbound-sftp';
import { LedgerAccess } from './ledger';
import { MerchantsApi } from './merchants-api';
import { OutboundSftp } from './outbound-sftp';
import { SalesforceAccess } from './salesforce';
import { CredentialsProps, CredentialsSettings } from './settings';
import { api, foundation, secrets } from '../../src';
import { acknowledgeOwnPolicy } from '../shared/role-policy';

/** What the stacks of the environment share. */
class SharedStack extends Stack {
  public readonly foundation: foundation.Foundation;
  /** Where the team hears of payments, and of keys that a partner has to install. */
  public readonly bus: events.EventBus;
  public readonly platform: api.ApiPlatform;

  constructor(scope: Construct, id: string, settings: CredentialsSettings) {
    super(scope, id);
    this.foundation = new foundation.Foundation(this, 'Foundation', { alertEmails: [settings.onCall] });
    this.bus = new events.EventBus(this, 'Bus', { description: 'Payments, and keys that partners have to install' });
    this.platform = new api.ApiPlatform(this, 'Apis', {
      foundation: this.foundation,
      webAcl: new api.WebAcl(this, 'WebAcl', { foundation: this.foundation, maxBody: Size.kibibytes(4) }),
      maxLatency: Duration.seconds(2),
    });
  }
}

/** What we prove ourselves with elsewhere, and what partners sign in to our SFTP server with. */
class CredentialsStack extends Stack {
  public readonly identity: Identity;
  public readonly crm: CrmAccess;
  public readonly salesforce: SalesforceAccess;
  public readonly ledger: LedgerAccess;

  constructor(scope: Construct, id: string, { shared, settings }: { readonly shared: SharedStack; readonly settings: CredentialsSettings }) {
    super(scope, id);
    const common = { foundation: shared.foundation };
    this.identity = new Identity(this, 'Identity', { ...common, domainPrefix: settings.domainPrefix });
    this.crm = new CrmAccess(this, 'Crm', { ...common, identity: this.identity, url: settings.crmUrl });
    this.salesforce = new SalesforceAccess(this, 'Salesforce', { ...common, app: settings.connectedApp });
    this.ledger = new LedgerAccess(this, 'Ledger', { ...common, database: settings.ledger });
    const inbound = new InboundSftp(this, 'InboundSftp', { ...common, partners: settings.passwordPartners });
    const portal = serviceRole(this, 'Portal', 'Shows partners their passwords, in containers');
    for (const password of inbound.passwords) password.grantRead(portal);
    acknowledgeOwnPolicy(portal);
    new OutboundSftp(this, 'OutboundSftp', { ...common, server: settings.statementsServer, bus: shared.bus });
  }
}

interface PaymentsProps {
  readonly shared: SharedStack;
  readonly credentials: CredentialsStack;
  readonly settings: CredentialsSettings;
}

/** The APIs, and the service of ours that settles payments: what it may use, it reads by its role. */
class PaymentsStack extends Stack {
  constructor(scope: Construct, id: string, { shared, credentials, settings }: PaymentsProps) {
    super(scope, id);
    const common = {
      foundation: shared.foundation,
      platform: shared.platform,
      bus: shared.bus,
      certificateArn: settings.certificateArn,
      tokenIssuer: settings.tokenIssuer,
    };
    const settlement = serviceRole(this, 'Settlement', 'Settles payments, in containers');

    new BanksApi(this, 'BanksApi', { ...common, domainName: settings.banksDomain, roots: settings.bankRoots });
    new MerchantsApi(this, 'MerchantsApi', {
      ...common,
      domainName: settings.merchantsDomain,
      opaqueIssuer: settings.opaqueIssuer,
      identity: credentials.identity,
      settlement,
      settlementCidrs: settings.settlementCidrs,
    });

    // What it signs the webhooks with by which merchants hear of their settlements.
    const signing = new secrets.RotatingSecret(this, 'Signing', { foundation: shared.foundation, strategy: secrets.RotationStrategy.webhookSecret() });
    for (const secret of [signing, credentials.crm.key, credentials.salesforce.clientSecret, credentials.ledger.user]) secret.grantRead(settlement);
    acknowledgeOwnPolicy(settlement);
  }
}

/** What a service that the team runs in containers acts as. */
function serviceRole(scope: Construct, id: string, description: string): iam.Role {
  return new iam.Role(scope, id, { description, assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
}

/** One environment: a stack that is shared, one of credentials and one of payments. */
export class CredentialsEnvironment extends Stage {
  constructor(scope: Construct, id: string, props: CredentialsProps) {
    super(scope, id, props);
    const shared = new SharedStack(this, 'Shared', props);
    const credentials = new CredentialsStack(this, 'Credentials', { shared, settings: props });
    new PaymentsStack(this, 'Payments', { shared, credentials, settings: props });
  }
}

/** Adds the environment of production to an app. */
export function addPartnerCredentials(app: App): void {
  const [account, region] = ['333333333333', 'eu-west-1'];
  new CredentialsEnvironment(app, 'Production', {
    env: { account, region },
    onCall: 'payments@example.com',
    domainPrefix: 'payments-example-com',
    crmUrl: 'https://crm.example.com',
    connectedApp: { baseUri: 'https://payments.my.salesforce.com', appId: '0x123', consumerId: '888', consumerKey: 'payments' },
    ledger: {
      vpcId: 'vpc-0a1b2c3d',
      availabilityZones: [`${region}a`, `${region}b`],
      privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-1a2b3c4d'],
      clusterIdentifier: 'ledger',
      securityGroupId: 'sg-0a1b2c3d',
      masterSecretArn: `arn:aws:secretsmanager:${region}:${account}:secret:rds!cluster-0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f-AbCdEf`,
      masterKeyArn: `arn:aws:kms:${region}:${account}:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`,
    },
    statementsServer: {
      url: 'sftp://sftp.bank.example',
      userName: 'payments',
      hostKeys: [
        'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHTjC5DVn/UNAt9gK9AaTuFymtiXAS9fkVTaz6D6rbaPRu9eBEsol5zstzzE/aMjZlBRhSCnUTUAjALXZ7lfmBw=',
      ],
    },
    passwordPartners: [{ userName: 'acme.edi', contractEnds: '2027-07-01' }],
    banksDomain: 'banks.example.com',
    bankRoots: { bucketName: 'roots-of-banks', key: 'roots.pem', version: 'a1b2c3d4e5f60718' },
    merchantsDomain: 'merchants.example.com',
    certificateArn: `arn:aws:acm:${region}:${account}:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`,
    tokenIssuer: 'https://login.example.com/',
    opaqueIssuer: 'https://tokens.example.com/',
    settlementCidrs: ['192.0.2.0/24'],
  });
}
