import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { foundation, storage } from '../../src';
import { acknowledgeStar } from '../shared/role-policy';
import { TeamFunction } from '../shared/team-function';

/** Properties of an `OrderIntake`. */
export interface OrderIntakeProps {
  readonly foundation: foundation.IFoundation;
  readonly landing: storage.LandingBucket;
  readonly deliveries: storage.IntegrationQueue;
  readonly orders: storage.IntegrationTable;
}

/** Takes delivery events from the queue, reads the file, stores its order lines. */
export class OrderIntake extends Construct {
  constructor(scope: Construct, id: string, props: OrderIntakeProps) {
    super(scope, id);

    const worker = new TeamFunction(this, 'Worker', {
      foundation: props.foundation,
      bundle: join(__dirname, 'assets', 'order-intake'),
      description: 'Stores the order lines of delivered files',
      environment: { ORDERS_TABLE: props.orders.table.tableName },
      timeout: Duration.seconds(30),
    });
    worker.consume(props.deliveries);
    props.landing.grantReadDelivered(worker.role, 'orders/');
    props.orders.grant(worker.role, 'dynamodb:PutItem');

    acknowledgeStar(worker.role, props.landing.bucket.arnForObjects('orders/*'),
      'the names of delivered files are the partners\' choice, so the function may read whatever lies under orders/, and nothing else');
  }
}
