import { Environment } from './environment';
import { Answer, RunningBundle, SeenRequest } from '../../runtime-e2e/bundle';
import { exerciseOrderIntake, ordersCloud } from '../../runtime-e2e/order-intake';

/** How a handler is exercised. */
export interface Handler {
  /** Stands in for AWS. */
  cloud(): (request: SeenRequest) => Answer;
  /** Has the handler do everything that it can do. Resources are named as the environment names them. */
  exercise(bundle: RunningBundle, environment: Environment): Promise<void>;
}

/** The handlers of the example, by the path of their function in an environment. A function that is missing here fails the proof. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  'Orders/Intake/Function': {
    cloud: ordersCloud,
    exercise: (bundle, environment) => exerciseOrderIntake(bundle, environment.namesOf(environment.at('Orders/Landing', 'AWS::S3::Bucket')).name),
  },
};
