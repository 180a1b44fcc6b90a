import { join } from 'node:path';
import { RunningBundle } from './bundle';
import { exerciseUploadedFiles, filesCloud } from './uploaded-files';

jest.setTimeout(30_000);

test('the hub notes each clean file under its id, by the version that it is told, and gives back what is too large', async () => {
  const bundle = await RunningBundle.start(join(__dirname, '../../examples/partner-hub/assets/uploaded-files/index.js'), { FILES_TABLE: 'files' }, filesCloud);
  try {
    expect(await exerciseUploadedFiles(bundle, 'clean')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm3' }] });
    expect(bundle.seen.filter(({ method }) => method === 'GET').map(({ url }) => url)).toEqual(Array(2).fill(expect.stringContaining('versionId=v1')));
    expect(bundle.log.join()).not.toContain('orders.csv');
  } finally {
    await bundle.stop();
  }
});
