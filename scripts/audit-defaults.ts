import { DisableEbsEncryptionByDefaultCommand, EC2Client, GetEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import { BatchGetAccountStatusCommand, DisableCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { AuditWorld, differing } from './audit-world';

const ACCOUNT = '123456789012';
const RESPONSE_URL = 'https://cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com/answer?X-Amz-Signature=CANARY';
const DEFAULTS = ['function-code-scanning', 'function-scanning', 'disk-encryption', 'public-access-block'];
const ALL_BLOCKED = 4;
/** What moto tells services apart by; it checks no signature. */
const SIGNED_FOR_S3 = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261125/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0';
const RESOURCE = { StackId: 'stack', RequestId: 'r', LogicalResourceId: 'Defaults', PhysicalResourceId: 'account-defaults', ResourceProperties: {} };

/** Settings of an account, all off: turned on by a deployment that dies, told of when somebody turns one off, and never off again. */
export async function accountDefaults(world: AuditWorld): Promise<void> {
  const { config, front } = world;
  const [disks, scans] = [new EC2Client(config), new Inspector2Client(config)];
  const { KeyMetadata } = await new KMSClient(config).send(new CreateKeyCommand({}));
  const DISK_KEY_ARN = KeyMetadata!.Arn!;
  const defaults = await world.bundle('audit/account-defaults', {
    ACCOUNT_ID: ACCOUNT, DEFAULTS: JSON.stringify(DEFAULTS), DISK_KEY_ARN,
  }, ['sftp-preload.cjs', 'account-hosts.cjs']);
  world.setTime(Date.now());
  // The client of S3 Control puts the account before the name of a host, which an address does not have.
  const blocked = async (method: string) => {
    const headers = { 'x-amz-account-id': ACCOUNT, 'authorization': SIGNED_FOR_S3 };
    return (await fetch(`${config.endpoint}/v20180820/configuration/publicAccessBlock`, { method, headers })).text();
  };
  const off = async () => {
    await disks.send(new DisableEbsEncryptionByDefaultCommand({}));
    await scans.send(new DisableCommand({ accountIds: [ACCOUNT], resourceTypes: ['LAMBDA', 'LAMBDA_CODE'] }));
    await blocked('DELETE');
    front.diskKey = 'alias/aws/ebs';
    front.changes.length = 0;
    front.answers.length = 0;
  };
  const state = async () => {
    const { EbsEncryptionByDefault } = await disks.send(new GetEbsEncryptionByDefaultCommand({}));
    const { accounts: [account] = [] } = await scans.send(new BatchGetAccountStatusCommand({ accountIds: [ACCOUNT] }));
    const { lambda, lambdaCode } = account.resourceState!;
    const blocks = (await blocked('GET')).match(/>true</gi)?.length ?? 0;
    return [EbsEncryptionByDefault, front.diskKey === DISK_KEY_ARN, lambda?.status, lambdaCode?.status, blocks];
  };
  const everything = [true, true, 'ENABLED', 'ENABLED', ALL_BLOCKED];
  const isAllOn = async () => JSON.stringify(await state()) === JSON.stringify(everything);
  const deploy = (RequestType: string) => defaults.invoke({ RequestType, ResponseURL: RESPONSE_URL, ...RESOURCE });
  const statuses = () => front.answers.map((answer) => (answer as { Status: string }).Status);

  await off();
  world.check(JSON.stringify(await state()) === JSON.stringify([false, false, 'DISABLED', 'DISABLED', 0]), 'an account begins with nothing on');
  await world.surviveLosses('a deployment of settings', {
    prepare: off,
    run: () => deploy('Create'),
    async verify() {
      const repeated = front.changes.filter((change, index) => front.changes.indexOf(change) !== index);
      // The two scans are one operation of Amazon Inspector.
      return [
        ...differing('what is on', await state(), everything),
        ...repeated.filter((change) => !change.endsWith('/enable')).length > 0 ? [`changed twice: ${repeated.join()}`] : [],
        ...differing('what CloudFormation heard last', statuses().at(-1), 'SUCCESS'),
      ];
    },
  });
  front.changes.length = 0;
  await deploy('Delete');
  world.check(await isAllOn() && front.changes.length === 0, 'to delete the resource leaves everything on');
  await blocked('DELETE');
  await defaults.invoke({ task: 'watch' });
  const isTold = defaults.lines.at(-2)!.includes('"outcome":"off","default":"public-access-block"');
  world.check(isTold && front.changes.length === 0, 'what somebody turned off is told, and left');
  await defaults.invoke({ task: 'apply' });
  world.check(await isAllOn() && front.changes.length === 1, 'and turned on when that is asked for, alone');
  world.check(!world.log.includes('CANARY'), 'no log tells where CloudFormation waits');
}
