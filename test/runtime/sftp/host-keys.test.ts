import { HostKeyWorld, SETTINGS } from './host-key-world';
import { hostKeyCases } from './host-keys-cases';
import { hostKeysResource } from '../../../src/runtime/sftp/host-keys-resource';

hostKeyCases(() => new HostKeyWorld());

test('deleting the resource deletes no key', async () => {
  expect(await hostKeysResource(SETTINGS, undefined as never).remove({ properties: {}, id: 'x', owner: 'y' })).toBeUndefined();
});
