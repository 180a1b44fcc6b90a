import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { exerciseReceivedWebhooks, noteCloud } from './received-webhooks';

jest.setTimeout(30_000);

test('the hub notes each webhook once, also one with a large body, and gives back what is not what was stored', async () => {
  const items = new Map<string, { progress: string; holder: string }>();
  const bundle = await RunningBundle.start(
    join(__dirname, '../../examples/partner-hub/assets/received-webhooks/index.js'), { CONSUMED_TABLE: 'consumed', NOTES_TABLE: 'notes' }, noteCloud(items),
  );
  try {
    expect(await exerciseReceivedWebhooks(bundle, 'bodies')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm4' }] });
    expect([...items.values()].map(({ progress }) => progress)).toEqual(['DONE', 'DONE']);
    const notes = bundle.seen.filter(({ body }) => body.includes('"notes"')).map(({ body }) => (JSON.parse(body) as { Item: { what: object } }).Item.what);
    expect(notes).toEqual([{ S: 'charge.succeeded' }, { S: 'push' }]);
  } finally {
    await bundle.stop();
  }
});
