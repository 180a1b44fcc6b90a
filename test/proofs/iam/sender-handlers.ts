import { join } from 'node:path';
import { Environment } from './environment';
import type { Handler, Variables } from './handlers';
import { ARN, Cloud, secretOf } from '../../runtime/webhooks/outbound/cloud';
import { newMessage } from '../../runtime/webhooks/outbound/scene';
import { Answer, RunningBundle, SeenRequest } from '../../runtime-e2e/bundle';
import { dueRow } from '../../runtime-e2e/due-row';
import { deliver, overHttp } from '../../runtime-e2e/sender-cloud';

/** Has every name lead to an address. */
const leadingTo = (address: string) => ({
  NODE_OPTIONS: `--require ${join(__dirname, '../../runtime-e2e/names.cjs')}`, TEST_ANSWERS: JSON.stringify([[address]]),
});

const AMZ_JSON = { 'content-type': 'application/x-amz-json-1.0' };

/** How the functions of a sender are exercised, by path of the sender. */
export function senderHandlers(path: string): Record<string, Handler> {
  return {
    [`${path}/Sender/Function`]: inCloud(async (bundle, cloud, environment) => {
      await deliver(bundle, ...endpointForEachKey(path, cloud, environment).map((endpoint) => newMessage('msg_1', '{}', endpoint)));
    }),
    [`${path}/PublicKeys/Function`]: inCloud(async (bundle, cloud, environment) => {
      for (const endpoint of endpointForEachKey(path, cloud, environment)) await bundle.invoke({ endpoint, tenant: 'acme' });
    }),
    [`${path}/Sweeper/Function`]: inCloud(async (bundle, cloud) => {
      cloud.deliveries.set('ep_1 msg_1', dueRow('waiting'));
      await bundle.invoke({});
    }),
    [`${path}/Replayer/Function`]: inCloud(async (bundle, cloud) => {
      cloud.addEndpoint('ep_1', { disabledBecause: { S: 'gone' } });
      cloud.deliveries.set('ep_1 msg_1', dueRow('dead'));
      await bundle.invoke({ endpoint: 'ep_1', enable: true });
    }),
    // Every name leads to a public address: the registrar resolves it and connects to nobody.
    [`${path}/Registrar/Function`]: inCloud(async (bundle) => {
      const tenant = { endpoint: 'ep_1', tenant: 'acme' };
      await bundle.invoke({ action: 'register', ...tenant, url: 'https://hooks.customer.com/in', keySecretArn: ARN });
      for (const action of ['disable', 'enable']) await bundle.invoke({ action, ...tenant });
    }, '8.8.8.8'),
    [`${path}/Feed/Function`]: {
      cloud: () => takesMessages,
      async exercise(bundle) {
        await bundle.invoke({ Records: [{ eventName: 'MODIFY', dynamodb: { SequenceNumber: '1', NewImage: dueRow('queued') } }] });
      },
    },
  };
}

/** Adds an endpoint for each key that the sender has; gives their ids. */
function endpointForEachKey(path: string, cloud: Cloud, environment: Environment): readonly string[] {
  const secrets = environment.ofType('AWS::SecretsManager::Secret').filter((secret) => secret.path.startsWith(`${path}/`));
  return secrets.map((secret, index) => {
    const keySecretArn = environment.namesOf(secret).arn;
    cloud.secrets.set(`${keySecretArn} AWSCURRENT`, secretOf('k'));
    cloud.addEndpoint(`ep_${index}`, { keySecretArn: { S: keySecretArn } });
    return `ep_${index}`;
  });
}

/** A queue that takes whatever is sent. */
export function takesMessages({ headers, body }: SeenRequest): Answer {
  const { Entries } = JSON.parse(body) as { readonly Entries?: ReadonlyArray<{ readonly Id: string }> };
  const taken = { MessageId: 'sqs-1' };
  const isBatch = String(headers['x-amz-target']).endsWith('.SendMessageBatch');
  const answer = isBatch ? { Successful: Entries!.map(({ Id }) => ({ ...taken, Id })), Failed: [] } : taken;
  return { status: 200, headers: AMZ_JSON, body: JSON.stringify(answer) };
}

/**
 * A function in the cloud of the runtime's tests, whose tables are named otherwise than those of the template. Names lead to `address`, by default
 * to one that nothing may be sent to, so that the proof makes no connection.
 */
function inCloud(
  exercise: (bundle: RunningBundle, cloud: Cloud, environment: Environment) => Promise<void>, address = '127.0.0.1',
): Handler {
  let cloud: Cloud;
  return {
    prepare: async () => ({ variables: leadingTo(address), stop: async () => undefined }),
    cloud({ ENDPOINT_TABLE, DELIVERY_TABLE = '' }: Variables) {
      cloud = new Cloud();
      const answer = overHttp(cloud);
      const named: Readonly<Record<string, string>> = { [ENDPOINT_TABLE]: 'endpoints', [DELIVERY_TABLE]: 'deliveries' };
      return (request: SeenRequest) => {
        const { TableName, ...input } = JSON.parse(request.body) as { readonly TableName?: string };
        return answer({ ...request, body: JSON.stringify({ ...input, ...TableName === undefined ? {} : { TableName: named[TableName] } }) });
      };
    },
    exercise: (bundle, environment) => exercise(bundle, cloud, environment),
  };
}
