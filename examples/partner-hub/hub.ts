import { App, Duration, Stack, Stage, StageProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { FILE_PARTNERS, FilePartner } from './file-partners';
import { Governance } from './governance';
import { Notifications, NotifiedPartner } from './notifications';
import { OrderIntake } from './order-intake';
import { OrdersApi, Partner } from './orders-api';
import { FileExchange } from './sftp';
import { InvoicedPartner, Invoices } from './sftp-connector';
import { Carrier, ShipmentsApi } from './shipments-api';
import { PartnerWebhooks } from './webhooks';
import { access, api, foundation, storage } from '../../src';

/** By which both servers of Acme are known, made for this example. */
const HOST_KEY = 'ecdsa-sha2-nistp256 '
  + 'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU=';

/** What differs from one environment of the hub to the other. */
export interface HubSettings {
  /** What the environment is for. */
  readonly kind: access.EnvironmentKind;
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
  readonly partners: ReadonlyArray<Partner & NotifiedPartner>;
  readonly carriers: readonly Carrier[];
  readonly filePartners: readonly FilePartner[];
  /** The partner who wants invoices on its own server. */
  readonly invoiced: InvoicedPartner;
}

/** Properties of one environment of the hub. */
export interface HubProps extends StageProps, HubSettings {}

/** What the integrations of the environment share. */
class SharedStack extends Stack {
  public readonly foundation: foundation.Foundation;
  public readonly domain: api.ApiDomain;
  public readonly tokens: api.OidcAuthorizer;
  public readonly keys: api.BearerKeyAuthorizer;

  constructor(scope: Construct, id: string, settings: HubSettings) {
    super(scope, id);
    this.foundation = new foundation.Foundation(this, 'Foundation', { alertEmails: [settings.onCall] });
    this.domain = new api.ApiDomain(this, 'ApiDomain', {
      domainName: settings.apiDomain,
      certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', settings.certificateArn),
    });
    this.keys = new api.BearerKeyAuthorizer(this, 'Keys', { foundation: this.foundation, prefix: 'parthub' });
    this.tokens = new api.OidcAuthorizer(this, 'Partners', {
      foundation: this.foundation,
      issuers: [{ issuer: settings.tokenIssuer, audiences: [`https://${settings.apiDomain}`] }],
    });
  }
}

/** Partners deliver order files or place orders; both end in a table, by way of a queue and a function; failures page someone. */
class OrdersStack extends Stack {
  public readonly landing: storage.LandingBucket;
  public readonly orders: storage.IntegrationTable;

  constructor(scope: Construct, id: string, { shared, settings }: { readonly shared: SharedStack; readonly settings: HubSettings }) {
    super(scope, id);
    const { domain, tokens } = shared;
    const common = { foundation: shared.foundation };

    const landing = new storage.LandingBucket(this, 'Landing', { ...common, retention: settings.fileRetention });
    this.landing = landing;
    const deliveries = new storage.IntegrationQueue(this, 'Deliveries', { ...common, visibilityTimeout: Duration.minutes(3) });
    deliveries.receiveFrom(landing.onDelivered('OrderFiles', { prefix: 'orders/' }));

    const orders = new storage.IntegrationTable(this, 'Orders', {
      ...common,
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sku', type: dynamodb.AttributeType.STRING },
    });
    this.orders = orders;
    new OrderIntake(this, 'Intake', { ...common, landing, deliveries, orders });
    new OrdersApi(this, 'OrdersApi', { ...common, domain, tokens, partners: settings.partners, orders });
  }
}

/** Carriers report how shipments get on; partners are told, and other teams listen. */
class ShipmentsStack extends Stack {
  constructor(scope: Construct, id: string, { shared, settings }: { readonly shared: SharedStack; readonly settings: HubSettings }) {
    super(scope, id);
    const { domain, foundation: common, keys } = shared;
    const shipments = new events.EventBus(this, 'Bus', { description: 'How shipments get on' });
    new ShipmentsApi(this, 'ShipmentsApi', { foundation: common, domain, keys, carriers: settings.carriers, shipments });
    new Notifications(this, 'Notifications', { foundation: common, shipments, partners: settings.partners });
  }
}

/** Others tell by webhook what happens. */
class WebhooksStack extends Stack {
  constructor(scope: Construct, id: string, { shared }: { readonly shared: SharedStack }) {
    super(scope, id);
    new PartnerWebhooks(this, 'Partners', { foundation: shared.foundation, domain: shared.domain });
  }
}

/** Partners exchange files. */
class FilesStack extends Stack {
  constructor(scope: Construct, id: string, { shared, settings }: { readonly shared: SharedStack; readonly settings: HubSettings }) {
    super(scope, id);
    new FileExchange(this, 'Sftp', { foundation: shared.foundation, partners: settings.filePartners, fileRetention: settings.fileRetention });
  }
}

/** Invoices go to the SFTP server of a partner. */
class InvoicesStack extends Stack {
  constructor(scope: Construct, id: string, { shared, settings }: { readonly shared: SharedStack; readonly settings: HubSettings }) {
    super(scope, id);
    new Invoices(this, 'Acme', { foundation: shared.foundation, partner: settings.invoiced });
  }
}

/** Who may do what, who did what, and who hears of it. */
class GovernanceStack extends Stack {
  constructor(scope: Construct, id: string, { shared, orders, settings }: {
    readonly shared: SharedStack; readonly orders: OrdersStack; readonly settings: HubSettings;
  }) {
    super(scope, id);
    new Governance(this, 'Hub', {
      foundation: shared.foundation, domain: shared.domain, kind: settings.kind, files: orders.landing, orders: orders.orders,
    });
  }
}

/** One environment of the hub: a stack that is shared, one each of orders, shipments, webhooks, files and invoices, and one that governs them. */
export class HubEnvironment extends Stage {
  constructor(scope: Construct, id: string, props: HubProps) {
    super(scope, id, props);
    const shared = new SharedStack(this, 'Shared', props);
    const orders = new OrdersStack(this, 'Orders', { shared, settings: props });
    new ShipmentsStack(this, 'Shipments', { shared, settings: props });
    new WebhooksStack(this, 'Webhooks', { shared });
    new FilesStack(this, 'Files', { shared, settings: props });
    new InvoicesStack(this, 'Invoices', { shared, settings: props });
    new GovernanceStack(this, 'Governance', { shared, orders, settings: props });
  }
}

/** Adds both environments to an app. */
export function addHub(app: App): void {
  const region = 'eu-west-1';
  // What `cdk` looks up and keeps in cdk.context.json, which an app of yours has beside it.
  for (const account of ['111111111111', '222222222222']) {
    app.node.setContext(`availability-zones:account=${account}:region=${region}`, [`${region}a`, `${region}b`, `${region}c`]);
  }
  const certificate = (account: string) => `arn:aws:acm:${region}:${account}:certificate/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f`;
  new HubEnvironment(app, 'Test', {
    env: { account: '111111111111', region },
    kind: access.EnvironmentKind.TEST,
    onCall: 'orders-test@example.com',
    fileRetention: Duration.days(14),
    apiDomain: 'api.test.example.com',
    certificateArn: certificate('111111111111'),
    tokenIssuer: 'https://login.test.example.com/',
    partners: [{ name: 'acme', clientId: 'acme-test', cidrs: ['192.0.2.0/24'] }],
    carriers: [{ name: 'speedy', cidrs: ['198.51.100.0/24'], contractEnds: '2027-07-01' }],
    filePartners: FILE_PARTNERS,
    invoiced: { url: 'sftp://sftp.test.acme.example', userName: 'hub-test', hostKeys: [HOST_KEY] },
  });
  new HubEnvironment(app, 'Production', {
    env: { account: '222222222222', region },
    kind: access.EnvironmentKind.PRODUCTION,
    onCall: 'on-call@example.com',
    fileRetention: Duration.days(90),
    apiDomain: 'api.example.com',
    certificateArn: certificate('222222222222'),
    tokenIssuer: 'https://login.example.com/',
    partners: [
      { name: 'acme', clientId: 'acme-orders', cidrs: ['192.0.2.0/25', '2001:db8:a::/48'] },
      { name: 'globex', clientId: 'globex-orders', cidrs: ['192.0.2.128/25'], hasPublicKey: true },
    ],
    carriers: [{ name: 'speedy', cidrs: ['198.51.100.0/25'], contractEnds: '2027-07-01' }],
    filePartners: FILE_PARTNERS,
    invoiced: { url: 'sftp://sftp.acme.example', userName: 'hub', hostKeys: [HOST_KEY] },
  });
}
