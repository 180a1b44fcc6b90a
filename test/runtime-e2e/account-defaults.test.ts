import { join } from 'node:path';
import { ACCOUNT, AccountCloud, DISK_KEY } from './account-cloud';
import { RunningBundle } from './bundle';

const FILE = join(__dirname, '../../assets/audit/account-defaults/index.js');
const RESPONSE_URL = 'https://cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com/answer?X-Amz-Signature=CANARY';
const EVERYTHING = ['function-code-scanning', 'function-scanning', 'disk-encryption', 'public-access-block'];

let bundle: RunningBundle;
let cloud: AccountCloud;

beforeAll(async () => {
  bundle = await RunningBundle.start(FILE, {
    ACCOUNT_ID: ACCOUNT,
    DEFAULTS: JSON.stringify(EVERYTHING),
    DISK_KEY_ARN: DISK_KEY,
    NODE_OPTIONS: `--require ${join(__dirname, 'sftp-preload.cjs')} --require ${join(__dirname, 'account-hosts.cjs')}`,
  }, (request) => cloud.answer(request));
});
beforeEach(() => {
  cloud = new AccountCloud();
  bundle.log.length = 0;
});
afterAll(() => bundle.stop());

async function deploy(RequestType = 'Create'): Promise<AccountCloud['answers'][number]> {
  const of = { StackId: 'stack', RequestId: 'r', LogicalResourceId: 'Defaults', PhysicalResourceId: 'account-defaults', ResourceProperties: {} };
  await bundle.invoke({ RequestType, ResponseURL: RESPONSE_URL, ...of });
  return cloud.answers.at(-1)!;
}

const outcomes = () => bundle.log.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as { message: object }).message);

test('turns on what is off, the key of disks before their encryption, and nothing twice', async () => {
  expect(await deploy()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'account-defaults' });
  expect(cloud.writes).toEqual(['PutPublicAccessBlock', 'ModifyEbsDefaultKmsKeyId', 'EnableEbsEncryptionByDefault', 'Enable LAMBDA', 'Enable LAMBDA_CODE']);
  expect(cloud).toMatchObject({ isEncrypted: true, diskKey: DISK_KEY, blocked: [true, true, true, true] });

  cloud.writes.length = 0;
  expect(await deploy('Update')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'account-defaults' });
  expect(cloud.writes).toEqual([]);
});

test('leaves everything on when it is deleted', async () => {
  expect(await deploy('Delete')).toMatchObject({ Status: 'SUCCESS' });
  expect(bundle.seen.slice(-1)).toEqual([expect.objectContaining({ method: 'PUT' })]);
  expect(cloud.writes).toEqual([]);
});

test('says each day what is off, and leaves it so until it is told to apply', async () => {
  await deploy();
  cloud.writes.length = 0;
  bundle.log.length = 0;
  await bundle.invoke({ task: 'watch' });
  expect(outcomes()).toEqual([{ outcome: 'watched', defaults: 4 }]);

  Object.assign(cloud, { diskKey: 'alias/aws/ebs', blocked: [true, true, false, true], scans: { lambda: 'ENABLED' } });
  bundle.log.length = 0;
  await bundle.invoke({ task: 'watch' });
  expect(outcomes()).toEqual([
    { outcome: 'off', default: 'public-access-block' }, { outcome: 'off', default: 'disk-encryption' }, { outcome: 'off', default: 'function-code-scanning' },
    { outcome: 'watched', defaults: 4 },
  ]);
  expect(cloud.writes).toEqual([]);

  await bundle.invoke({ task: 'apply' });
  expect(cloud.writes).toEqual(['PutPublicAccessBlock', 'ModifyEbsDefaultKmsKeyId', 'EnableEbsEncryptionByDefault', 'Enable LAMBDA_CODE']);
});

test('tells CloudFormation which setting an organization refuses, and turns the others on', async () => {
  cloud.refused.set('PutPublicAccessBlock', 'AccessDenied').set('Enable', 'AccessDeniedException');
  expect(await deploy()).toMatchObject({
    Status: 'FAILED',
    Reason: 'could not be turned on: public-access-block (AccessDenied), function-scanning (AccessDeniedException), function-code-scanning (AccessDeniedException)',
  });
  expect(cloud.writes).toEqual(['ModifyEbsDefaultKmsKeyId', 'EnableEbsEncryptionByDefault']);
});

test('ends in an error on a setting that it cannot read, having read the others, and tells nothing that a service said', async () => {
  cloud.refused.set('GetEbsEncryptionByDefault', 'UnauthorizedOperation');
  await expect(bundle.invoke({ task: 'watch' })).rejects.toThrow('looking failed for disk-encryption (UnauthorizedOperation)');
  expect(outcomes()).toContainEqual({ outcome: 'off', default: 'function-scanning' });
  expect(bundle.log.join()).not.toContain('CANARY');
});

test('takes no other event', async () => {
  await expect(bundle.invoke({ task: 'other' })).rejects.toThrow('the event is neither the task to watch nor the one to apply');
});
