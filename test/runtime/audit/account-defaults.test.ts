import { AccountDefault } from '../../../src/runtime/audit/account-default';
import { accountDefaults, accountDefaultsResource } from '../../../src/runtime/audit/account-defaults';
import { parseAccountDefaultsSettings } from '../../../src/runtime/audit/account-defaults-settings';
import { DiskEncryption } from '../../../src/runtime/audit/disk-encryption';
import { FunctionScanning } from '../../../src/runtime/audit/function-scanning';
import { PublicAccessBlock } from '../../../src/runtime/audit/public-access-block';
import { Call, clientOf, ServiceError } from '../secrets/harness/service';

const ACCOUNT = '123456789012';
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

/** What a service answers to each operation, and what it was sent. */
function service(answers: Readonly<Record<string, unknown>>) {
  const calls: Call[] = [];
  const client = clientOf<{ send: never }>(async (call) => {
    calls.push(call);
    const answer = answers[call.operation];
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  });
  return { client: client as never, calls, operations: () => calls.map(({ operation }) => operation) };
}

describe('encryption of disks', () => {
  test.each([
    ['is off', { EbsEncryptionByDefault: false }, KEY, undefined, false],
    ['is on with the key', { EbsEncryptionByDefault: true }, KEY, KEY, true],
    ['is on with another key', { EbsEncryptionByDefault: true }, 'alias/aws/ebs', KEY, false],
    ['is on with whatever key, where none is wanted', { EbsEncryptionByDefault: true }, 'alias/aws/ebs', undefined, true],
    ['is not told', {}, KEY, undefined, false],
  ])('%s', async (_case, encryption, current, wanted, expected) => {
    const { client } = service({ GetEbsEncryptionByDefault: encryption, GetEbsDefaultKmsKeyId: { KmsKeyId: current } });
    expect(await new DiskEncryption(client, wanted).isOn()).toBe(expected);
  });

  test('keeps a key that is set already', async () => {
    const { client, operations } = service({ GetEbsDefaultKmsKeyId: { KmsKeyId: KEY } });
    await new DiskEncryption(client, KEY).turnOn();
    expect(operations()).toEqual(['GetEbsDefaultKmsKeyId', 'EnableEbsEncryptionByDefault']);
  });

  test('leaves alone whatever key is set where none is wanted', async () => {
    const { client, operations } = service({});
    await new DiskEncryption(client).turnOn();
    expect(operations()).toEqual(['EnableEbsEncryptionByDefault']);
  });
});

describe('the block of public access', () => {
  const ALL = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

  test.each<[string, unknown, boolean]>([
    ['all four are blocked', { PublicAccessBlockConfiguration: ALL }, true],
    ...Object.keys(ALL).map((name) => [`${name} is not`, { PublicAccessBlockConfiguration: { ...ALL, [name]: false } }, false] as [string, unknown, boolean]),
    ['nothing is told', {}, false],
    ['there is no configuration', new ServiceError('NoSuchPublicAccessBlockConfiguration'), false],
  ])('where %s', async (_case, answer, expected) => {
    expect(await new PublicAccessBlock(service({ GetPublicAccessBlock: answer }).client, ACCOUNT).isOn()).toBe(expected);
  });

  test('is not taken for off where it cannot be read', async () => {
    const { client } = service({ GetPublicAccessBlock: new ServiceError('AccessDenied') });
    await expect(new PublicAccessBlock(client, ACCOUNT).isOn()).rejects.toThrow('said the service');
  });

  test('is written for the account as a whole', async () => {
    const { client, calls } = service({});
    await new PublicAccessBlock(client, ACCOUNT).turnOn();
    expect(calls).toEqual([{ operation: 'PutPublicAccessBlock', input: { AccountId: ACCOUNT, PublicAccessBlockConfiguration: ALL } }]);
  });
});

describe('scans of functions', () => {
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  beforeEach(() => pauses.splice(0));

  const status = (lambda: string, lambdaCode?: string) =>
    ({ accounts: [{ resourceState: { lambda: { status: lambda }, ...lambdaCode !== undefined && { lambdaCode: { status: lambdaCode } } } }] });

  test.each([
    ['function-scanning', status('ENABLED'), true],
    ['function-scanning', status('ENABLING'), true],
    ['function-scanning', status('DISABLED', 'ENABLED'), false],
    ['function-scanning', status('SUSPENDED'), false],
    ['function-code-scanning', status('ENABLED', 'ENABLED'), true],
    ['function-code-scanning', status('ENABLED'), false],
    ['function-code-scanning', {}, false],
    ['function-code-scanning', { accounts: [] }, false],
  ] as const)('%s with %j', async (name, answer, expected) => {
    expect(await new FunctionScanning(service({ BatchGetAccountStatus: answer }).client, ACCOUNT, name, pause).isOn()).toBe(expected);
  });

  test.each(['BatchGetAccountStatus', 'Enable'])('fail where %s says that the account failed', async (operation) => {
    const { client } = service({ [operation]: { failedAccounts: [{ accountId: ACCOUNT, errorCode: 'ACCESS_DENIED' }] } });
    const scanning = new FunctionScanning(client, ACCOUNT, 'function-scanning', pause);
    await expect(operation === 'Enable' ? scanning.turnOn() : scanning.isOn()).rejects.toMatchObject({ name: 'ACCESS_DENIED' });
  });

  test('fail also where no reason is told', async () => {
    const { client } = service({ Enable: { failedAccounts: [{}] } });
    await expect(new FunctionScanning(client, ACCOUNT, 'function-scanning', pause).turnOn()).rejects.toMatchObject({ name: 'unknown' });
  });

  test('are on where somebody enabled them meanwhile', async () => {
    const { client, operations } = service({ Enable: { failedAccounts: [{ accountId: ACCOUNT, errorCode: 'ALREADY_ENABLED' }] } });
    await new FunctionScanning(client, ACCOUNT, 'function-scanning', pause).turnOn();
    expect(operations()).toEqual(['Enable']);
  });

  test('wait while another scan is being enabled, as of the packages before the code', async () => {
    const answers = ['ENABLE_IN_PROGRESS', 'ENABLE_IN_PROGRESS', undefined].map((errorCode) => ({ failedAccounts: errorCode === undefined ? [] : [{ errorCode }] }));
    const client = clientOf<{ send: never }>(async () => answers.shift()) as never;
    await new FunctionScanning(client, ACCOUNT, 'function-code-scanning', pause).turnOn();
    expect([answers, pauses]).toEqual([[], [15_000, 15_000]]);
  });

  test('fail where that takes longer than the function may', async () => {
    const { client, calls } = service({ Enable: { failedAccounts: [{ errorCode: 'ENABLE_IN_PROGRESS' }] } });
    await expect(new FunctionScanning(client, ACCOUNT, 'function-scanning', pause).turnOn()).rejects.toMatchObject({ name: 'ENABLE_IN_PROGRESS' });
    expect(calls).toHaveLength(12);
    expect(pauses.reduce((sum, each) => sum + each, 0)).toBeLessThan(180_000);
  });

  test('are enabled one kind at a time', async () => {
    const { client, calls } = service({});
    await new FunctionScanning(client, ACCOUNT, 'function-code-scanning', pause).turnOn();
    expect(calls).toEqual([{ operation: 'Enable', input: { accountIds: [ACCOUNT], resourceTypes: ['LAMBDA_CODE'] } }]);
  });
});

describe('the run', () => {
  const setting = (isOn: () => Promise<boolean>) => {
    const turned: string[] = [];
    const fake: AccountDefault = { name: 'disk-encryption', isOn, turnOn: async () => void turned.push('on') };
    return { fake, turned };
  };
  const logged: unknown[] = [];
  const log = (entry: unknown) => logged.push(entry);
  beforeEach(() => logged.splice(0));

  test('writes nothing that is on', async () => {
    const { fake, turned } = setting(async () => true);
    await accountDefaults({ defaults: [fake], log })({ task: 'apply' });
    expect(turned).toEqual([]);
    expect(logged).toEqual([{ outcome: 'watched', defaults: 1 }]);
  });

  test('says what it turned on', async () => {
    const { fake, turned } = setting(async () => false);
    expect(await accountDefaultsResource({ defaults: [fake], log }).put({ properties: {}, id: 'x', owner: 'y' })).toEqual({});
    expect(turned).toEqual(['on']);
    expect(logged).toEqual([{ outcome: 'turned-on', default: 'disk-encryption' }]);
  });

  test('ends in an error on a setting that fails, having seen to the others', async () => {
    const refused = setting(async () => { throw new ServiceError('AccessDenied'); });
    const { fake, turned } = setting(async () => false);
    const ports = { defaults: [refused.fake, fake], log };
    const put = accountDefaultsResource(ports).put({ properties: {}, id: 'x', owner: 'y' });
    await expect(put).rejects.toThrow('could not be turned on: disk-encryption (AccessDenied)');
    await expect(accountDefaults(ports)({ task: 'watch' })).rejects.toThrow('looking failed for disk-encryption (AccessDenied)');
    expect(turned).toEqual(['on']);
    expect(logged).toContainEqual({ outcome: 'fault', default: 'disk-encryption', reason: 'AccessDenied' });
    expect(logged).not.toContainEqual(expect.objectContaining({ outcome: 'watched' }));
  });

  test('has one id for whatever the template says', () => {
    expect(accountDefaultsResource({ defaults: [], log }).idOf({}, 'y')).toBe('account-defaults');
  });

  test('does nothing when the resource is deleted', async () => {
    const { fake, turned } = setting(async () => false);
    await accountDefaultsResource({ defaults: [fake], log }).remove({ properties: {}, id: 'x', owner: 'y' });
    expect([turned, logged]).toEqual([[], []]);
  });

  test.each([undefined, null, 'watch', {}, { task: 'rotate' }])('refuses the event %j', async (event) => {
    await expect(accountDefaults({ defaults: [], log })(event)).rejects.toThrow('neither the task to watch nor the one to apply');
  });
});

describe('settings', () => {
  const GOOD = { ACCOUNT_ID: ACCOUNT, DEFAULTS: '["function-code-scanning","function-scanning","public-access-block"]' };

  test('turn on scans of functions before those of their code', () => {
    expect(parseAccountDefaultsSettings(GOOD)).toEqual({
      accountId: ACCOUNT, defaults: ['public-access-block', 'function-scanning', 'function-code-scanning'],
    });
    expect(parseAccountDefaultsSettings({ ...GOOD, DISK_KEY_ARN: KEY })).toMatchObject({ diskKeyArn: KEY });
  });

  test.each([
    [{ ACCOUNT_ID: '12' }, 'ACCOUNT_ID must be the id of an account'],
    [{ DEFAULTS: '["x"]' }, 'DEFAULTS must be a JSON array of public-access-block, disk-encryption, function-scanning, function-code-scanning'],
    [{ DEFAULTS: '[]' }, 'DEFAULTS must name one setting at least, and each once'],
    [{ DEFAULTS: '["disk-encryption","disk-encryption"]' }, 'DEFAULTS must name one setting at least, and each once'],
    [{ DISK_KEY_ARN: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/disks` }, 'DISK_KEY_ARN must be the ARN of a key'],
  ])('refuse %j', (change, message) => {
    expect(() => parseAccountDefaultsSettings({ ...GOOD, ...change })).toThrow(message);
  });
});
