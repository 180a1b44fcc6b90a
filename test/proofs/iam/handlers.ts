import { Environment } from './environment';
import { governanceHandlers } from './governance-handlers';
import { inboxHandlers, receiverHandler, rejudgeHandler } from './inbox-handlers';
import { rotating } from './rotations';
import { senderHandlers, takesMessages } from './sender-handlers';
import { sftpConnectorHandlers } from './sftp-connector-handlers';
import { partnerFilesHandlers } from './sftp-landing-handlers';
import { sftpPartnerHandlers } from './sftp-partner-handlers';
import { sftpServerHandlers } from './sftp-server-handlers';
import { exerciseBearerKeyAuthorizer, keyCloud } from '../../runtime-e2e/bearer-keys';
import { Answer, RunningBundle, SeenRequest } from '../../runtime-e2e/bundle';
import { exerciseOrderIntake, ordersCloud } from '../../runtime-e2e/order-intake';
import { exerciseOrderLookup, exercisePlacedOrders, tableOfOrders } from '../../runtime-e2e/orders-api';
import { exerciseReceivedWebhooks, noteCloud } from '../../runtime-e2e/received-webhooks';
import { exerciseShipmentNotices } from '../../runtime-e2e/shipment-notices';

/** The environment variables of a function, as its template has them. */
export type Variables = Readonly<Record<string, string>>;

/** What a handler finds beside AWS. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** How a handler is exercised. */
export interface Handler {
  /** Starts what the handler needs besides AWS, such as an issuer, and says which environment variables lead there. */
  prepare?(): Promise<Surroundings>;
  /** Stands in for AWS. */
  cloud(variables: Variables): (request: SeenRequest) => Answer;
  /** Has the handler do everything that it can do. Resources are named as the environment names them. */
  exercise(bundle: RunningBundle, environment: Environment, variables: Variables): Promise<void>;
  /** Tags of what the handler makes. */
  tagsOf?(arn: string, variables: Variables): Readonly<Record<string, string>>;
}

/** The handlers of the example, by the path of their function in an environment. A function that is missing here fails the proof. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  ...sftpConnectorHandlers('Invoices/Acme/Connector'),
  ...governanceHandlers('Governance/Hub'),
  'Orders/Intake/Worker/Function': {
    cloud: () => ordersCloud(),
    exercise: (bundle, environment) => exerciseOrderIntake(bundle, environment.namesOf(environment.at('Orders/Landing', 'AWS::S3::Bucket')).name),
  },
  'Orders/OrdersApi/Lookup/Function': { cloud: tableOfOrders, exercise: exerciseOrderLookup },
  'Orders/OrdersApi/Storing/Function': { cloud: tableOfOrders, exercise: exercisePlacedOrders },
  'Orders/OrdersApi/Api/acme/Secret/Function': rotating('api-key'),
  'Orders/OrdersApi/Api/globex/Secret/Function': rotating('api-key'),
  'Shared/Keys/Function': { cloud: () => keyCloud('parthub'), exercise: (bundle) => exerciseBearerKeyAuthorizer(bundle, 'parthub') },
  'Shared/Keys/speedy-06d68e787f/Secret/Function': rotating('bearer-key'),
  ...senderHandlers('Shipments/Notifications/Sender'),
  'Shipments/Notifications/Sender/acme/Function': rotating('webhook-secret'),
  'Shipments/Notifications/Sender/globex/Function': rotating('webhook-signing-key'),
  'Shipments/Notifications/Notices/Function': { cloud: () => takesMessages, exercise: exerciseShipmentNotices },
  ...inboxHandlers('Webhooks/Partners/Inbox'),
  'Webhooks/Partners/GitHub/Receive/Function': receiverHandler('github'),
  'Webhooks/Partners/GitHub/Rejudge/Function': rejudgeHandler('github'),
  'Webhooks/Partners/Stripe/Receive/Function': receiverHandler('stripe'),
  'Webhooks/Partners/Warehouse/Receive/Function': receiverHandler('standard-webhooks'),
  'Webhooks/Partners/WarehouseKey/Function': rotating('webhook-secret'),
  'Webhooks/Partners/Noting/Function': {
    cloud: () => noteCloud(),
    async exercise(bundle, environment) {
      await exerciseReceivedWebhooks(bundle, environment.namesOf(environment.at('Webhooks/Partners/Inbox/Bodies', 'AWS::S3::Bucket')).name);
    },
  },
  ...sftpPartnerHandlers('Files/Sftp/Server', 'acme'),
  ...sftpServerHandlers('Files/Sftp/Server'),
  ...partnerFilesHandlers('Files/Sftp/Files'),
  'Shared/Partners/Function': { cloud: unasked, exercise: refuseCaller },
};

/** Stands in for an AWS that a handler has no business with; a request would be an unexpected call, and fail the proof. */
function unasked(): (request: SeenRequest) => Answer {
  return () => ({ status: 500 });
}

/** A caller without a token, whom the authorizer refuses; that it does shows that it started with the environment it was given. */
async function refuseCaller(bundle: RunningBundle): Promise<void> {
  const requestContext = { httpMethod: 'POST', resourcePath: '/orders' };
  const event = { type: 'REQUEST', methodArn: 'arn:aws:execute-api:eu-west-1:111111111111:abc/live/POST/orders', headers: {}, requestContext };
  const outcome = await bundle.invoke(event).then(() => 'allowed', (error: Error) => error.message);
  if (outcome !== 'Unauthorized') throw new Error(`the authorizer did not refuse a caller without a token: ${outcome}`);
}
