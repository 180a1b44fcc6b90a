import { App, Duration, Stack, Stage, StageProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { OrderIntake } from './order-intake';
import { OrdersApi } from './orders-api';
import { api, foundation, storage } from '../../src';

/** What differs from one environment of the hub to the other. */
export interface HubSettings {
  /** Address that is paged when something fails. */
  readonly onCall: string;
  /** How long a partner's file is kept. */
  readonly fileRetention: Duration;
  /** Name by which the APIs are reached. */
  readonly apiDomain: string;
  /** Certificate for that name. */
  readonly certificateArn: string;
  /** Who issues the partners' tokens, as their claim `iss` has it. */
  readonly tokenIssuer: string;
}

/** Properties of one environment of the hub. */
export interface HubProps extends StageProps, HubSettings {}

/** What the integrations of the environment share. */
class SharedStack extends Stack {
  public readonly foundation: foundation.Foundation;
  public readonly domain: api.ApiDomain;
  public readonly partners: api.OidcAuthorizer;

  constructor(scope: Construct, id: string, settings: HubSettings) {
    super(scope, id);
    this.foundation = new foundation.Foundation(this, 'Foundation', { alertEmails: [settings.onCall] });
    this.domain = new api.ApiDomain(this, 'ApiDomain', {
      domainName: settings.apiDomain,
      certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', settings.certificateArn),
    });
    this.partners = new api.OidcAuthorizer(this, 'Partners', {
      foundation: this.foundation,
      issuers: [{ issuer: settings.tokenIssuer, audiences: [`https://${settings.apiDomain}`] }],
    });
  }
}

/** Partners deliver order files or place orders; both end in a table, by way of a queue and a function; failures page someone. */
class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, { shared, settings }: { readonly shared: SharedStack; readonly settings: HubSettings }) {
    super(scope, id);
    const { domain, partners } = shared;
    const common = { foundation: shared.foundation };

    const landing = new storage.LandingBucket(this, 'Landing', { ...common, retention: settings.fileRetention });
    const deliveries = new storage.IntegrationQueue(this, 'Deliveries', { ...common, visibilityTimeout: Duration.minutes(3) });
    deliveries.receiveFrom(landing.onDelivered('OrderFiles', { prefix: 'orders/' }));

    const orders = new storage.IntegrationTable(this, 'Orders', {
      ...common,
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sku', type: dynamodb.AttributeType.STRING },
    });
    new OrderIntake(this, 'Intake', { ...common, landing, deliveries, orders });
    new OrdersApi(this, 'OrdersApi', { ...common, domain, partners, orders });
  }
}

/** One environment of the hub: a stack that is shared, and a stack of orders. */
export class HubEnvironment extends Stage {
  constructor(scope: Construct, id: string, props: HubProps) {
    super(scope, id, props);
    const shared = new SharedStack(this, 'Shared', props);
    new OrdersStack(this, 'Orders', { shared, settings: props });
  }
}

/** Adds both environments to an app. */
export function addHub(app: App): void {
  const region = 'eu-west-1';
  const certificate = (account: string) => `arn:aws:acm:${region}:${account}:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`;
  new HubEnvironment(app, 'Test', {
    env: { account: '111111111111', region },
    onCall: 'orders-test@example.com',
    fileRetention: Duration.days(14),
    apiDomain: 'api.test.example.com',
    certificateArn: certificate('111111111111'),
    tokenIssuer: 'https://login.test.example.com/',
  });
  new HubEnvironment(app, 'Production', {
    env: { account: '222222222222', region },
    onCall: 'on-call@example.com',
    fileRetention: Duration.days(90),
    apiDomain: 'api.example.com',
    certificateArn: certificate('222222222222'),
    tokenIssuer: 'https://login.example.com/',
  });
}
