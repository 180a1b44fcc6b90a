import { App } from 'aws-cdk-lib';
import { OrdersApi } from './plain-l2/orders-api';
import { SharedStack } from './plain-l2/shared-stack';
import { Contender } from '../frame/contender';
import { placeApis } from '../workload';

/** The same resources with the same settings, by hand, of the constructs of `aws-cdk-lib`. */
export const contender: Contender = {
  title: 'plain L2',
  sameResources: true,
  build(app: App, apis: number) {
    const shared = new SharedStack(app, 'Shared');
    placeApis(app, apis, 10, (stack, index) => new OrdersApi(stack, `Orders${index}`, shared, index));
  },
};
