import { SftpProcess } from './sftp-process';
import { ShippedHostKeyWorld } from './shipped-host-keys';
import { hostKeyCases } from '../runtime/sftp/host-keys-cases';

jest.setTimeout(120_000);

afterEach(SftpProcess.giveBack);
afterAll(SftpProcess.stopAll);

describe('the rotation of host keys, as it ships', () => hostKeyCases(() => new ShippedHostKeyWorld()));
