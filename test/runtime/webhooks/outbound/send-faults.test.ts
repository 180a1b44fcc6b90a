import { CloudError } from './cloud';
import { newMessage, Scene, START } from './scene';
import { QUEUED_MILLISECONDS, SENDING_MILLISECONDS } from '../../../../src/runtime/webhooks/outbound/delivery-table';

const SECOND = 1000;

let scene: Scene;
beforeEach(() => { scene = new Scene(); });
afterEach(() => expect(JSON.stringify(scene.log)).not.toMatch(/CANARY|whsec_|v1,|a2tra/));

describe('what is lost, dies or hangs', () => {
  test('a message that is lost on its way is asked for again, more and more rarely', async () => {
    scene.cloud.disturb = (operation, when) => { if (operation === 'GetSecretValue' && when === 'before') throw new CloudError('InternalServiceError'); };
    await scene.send(newMessage('msg_1')); // and SQS gives it up
    const waits: number[] = [];
    let last = scene.now;
    for (let minute = 0; minute < 60 * 60; minute++) {
      scene.now += 60 * SECOND;
      await scene.sweep();
      if (scene.cloud.queue.splice(0).length > 0) { waits.push((scene.now - last) / QUEUED_MILLISECONDS); last = scene.now; }
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 64, 64]);
    scene.cloud.disturb = () => undefined;
    await scene.pass(64 * QUEUED_MILLISECONDS);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'delivered' }, attempt: { N: '1' } });
  });

  test('an attempt that was begun and not ended counts as made', async () => {
    scene.outcome = () => { throw new Error('the function ran out of time'); };
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    await scene.send(newMessage('msg_1'));
    expect(scene.posted).toHaveLength(1);
    scene.outcome = { type: 'answered', status: 200 };
    await scene.pass(SENDING_MILLISECONDS);
    expect(scene.posted).toHaveLength(2);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'delivered' }, attempt: { N: '2' } });
  });

  test('one whose every attempt dies ends in a dead letter', async () => {
    scene.outcome = () => { throw new Error('the function ran out of time'); };
    await scene.send(newMessage('msg_1'));
    for (let attempt = 0; attempt < 12; attempt++) await scene.pass(SENDING_MILLISECONDS);
    expect(scene.posted).toHaveLength(10);
    expect(scene.cloud.delivery('msg_1')).toMatchObject({ phase: { S: 'dead' }, ending: { S: 'abandoned' } });
    expect(scene.log.filter(({ outcome, dead }) => outcome === 'swept' && dead === 1)).toHaveLength(1);
  });

  test('a claim that was answered too late is one\'s own when it is sent again', async () => {
    await scene.ports.deliveries.accept({ endpoint: 'ep_1', message: 'msg_1', attempt: 1, body: '{}' }, 'acme', START);
    const claim = (name: string) => scene.ports.deliveries.claim({ endpoint: 'ep_1', message: 'msg_1', attempt: 1 }, name, START);
    expect([await claim('mine'), await claim('mine'), await claim('theirs')]).toEqual([expect.anything(), expect.anything(), undefined]);
  });

  test('a table that cannot be read or written has the message come again', async () => {
    for (const failing of ['GetItem', 'PutItem', 'UpdateItem']) {
      scene.cloud.disturb = (operation, when) => { if (operation === failing && when === 'before') throw new CloudError('ProvisionedThroughputExceededException'); };
      expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    }
    scene.outcome = { type: 'answered', status: 500 };
    scene.cloud.disturb = (operation, when, { TableName }) => { if (operation === 'UpdateItem' && when === 'before' && TableName === 'endpoints') throw new CloudError('InternalServerError'); };
    expect(await scene.send(newMessage('msg_1'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'sqs-0' }] });
    expect(scene.posted).toHaveLength(1);
  });
});
