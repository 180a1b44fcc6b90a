import { SftpProcess } from './sftp-process';
import { ShippedPartnerWorld } from './shipped-partner-keys';
import { keyWatchCases } from '../runtime/sftp/key-watch-cases';
import { reconcileCases } from '../runtime/sftp/reconcile-cases';

jest.setTimeout(120_000);

afterEach(SftpProcess.giveBack);
afterAll(SftpProcess.stopAll);

describe('the reconciler, as it ships', () => reconcileCases(() => new ShippedPartnerWorld()));

describe('the watch, as it ships', () => keyWatchCases(() => new ShippedPartnerWorld()));
