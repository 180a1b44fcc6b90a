import { App, Duration, Stack, StackProps, Stage, StageProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { OrderIntake } from './order-intake';
import { foundation, storage } from '../../src';

/** Properties of one environment of the hub. */
export interface HubProps extends StageProps {
  /** Address that is paged when something fails. */
  readonly onCall: string;
  /** How long a partner's file is kept. */
  readonly fileRetention: Duration;
}

/** What the integrations of the environment share. */
class SharedStack extends Stack {
  public readonly foundation: foundation.Foundation;

  constructor(scope: Construct, id: string, props: StackProps & { readonly onCall: string }) {
    super(scope, id, props);
    this.foundation = new foundation.Foundation(this, 'Foundation', { alertEmails: [props.onCall] });
  }
}

/** Partners deliver order files; events go through a queue and a function into a table; failures page someone. */
class OrdersStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly foundation: foundation.IFoundation; readonly fileRetention: Duration }) {
    super(scope, id, props);
    const shared = { foundation: props.foundation };

    const landing = new storage.LandingBucket(this, 'Landing', { ...shared, retention: props.fileRetention });
    const deliveries = new storage.IntegrationQueue(this, 'Deliveries', { ...shared, visibilityTimeout: Duration.minutes(3) });
    deliveries.receiveFrom(landing.onDelivered('OrderFiles', { prefix: 'orders/' }));

    const orders = new storage.IntegrationTable(this, 'Orders', {
      ...shared,
      partitionKey: { name: 'orderId', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'sku', type: dynamodb.AttributeType.STRING },
    });
    new OrderIntake(this, 'Intake', { ...shared, landing, deliveries, orders });
  }
}

/** One environment of the hub: a stack that is shared, and a stack of orders. */
export class HubEnvironment extends Stage {
  constructor(scope: Construct, id: string, props: HubProps) {
    super(scope, id, props);
    const shared = new SharedStack(this, 'Shared', { onCall: props.onCall });
    new OrdersStack(this, 'Orders', { foundation: shared.foundation, fileRetention: props.fileRetention });
  }
}

/** Adds both environments to an app. */
export function addHub(app: App): void {
  const region = 'eu-west-1';
  new HubEnvironment(app, 'Test', { env: { account: '111111111111', region }, onCall: 'orders-test@example.com', fileRetention: Duration.days(14) });
  new HubEnvironment(app, 'Production', { env: { account: '222222222222', region }, onCall: 'on-call@example.com', fileRetention: Duration.days(90) });
}
