import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateRoleCommand, DeleteRolePolicyCommand, GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteParameterCommand, GetParameterHistoryCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AuditWorld, differing } from './audit-world';
import { DigestCloud } from '../test/runtime/audit/digest-cloud';
import { ENVIRONMENT, MINUTE, PARAMETER, session } from '../test/runtime/access/break-glass-world';

const ACCOUNT = '123456789012';
const BUS = 'access';
const QUEUE = 'access-events';
const DEPLOYER = 'arn:aws:iam::111122223333:user/deployer';
const NOBODY = '{"Version":"2012-10-17","Statement":[]}';
const DENIAL = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}';

interface Granted { readonly Effect: string; readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> } }

interface Told { readonly type: string; readonly armingId?: string }

/** Emergency access whose function dies, and one arming from its beginning to its end; a list of trained people that is stale. */
export async function access(world: AuditWorld): Promise<void> {
  const aws = await AccessAws.make(world);
  const { front } = world;
  const emergency = await world.bundle('access/break-glass', { ...ENVIRONMENT, EVENT_BUS_NAME: BUS });
  const run = () => emergency.invoke({});
  const begin = async () => {
    await aws.reset();
    front.cloud = new DigestCloud(Date.now(), []);
    front.writers = [DEPLOYER, session('alice')];
    await aws.arm('bob', 30 * MINUTE);
    world.setTime(Date.now());
    await aws.told();
  };

  await world.surviveLosses('an arming', {
    prepare: begin,
    run,
    async verify() {
      const told = await aws.told();
      return [
        ...differing('who has access', await aws.beneficiaries(), ['bob']),
        ...differing('what was told', [...new Set(told.map(({ type, armingId }) => `${type} ${armingId}`))].length, 1),
        ...told.length > 2 ? [`it was told ${told.length} times`] : [],
        ...differing('the number of reviews', front.cloud.center.items.length, 1),
        ...differing('how far people were told', await aws.labelled('told'), 2),
      ];
    },
  });
  await begin();
  await run();
  const [item] = front.cloud.center.items;
  for (const by of [session('alice'), session('bob', 'Auditor')]) {
    front.cloud.center.resolve(item.OpsItemId, by);
    await run();
    world.check(item.Status === 'Open', 'neither who armed the access nor who has it reviews it');
  }
  front.cloud.center.resolve(item.OpsItemId, session('carol', 'Auditor'));
  await run();
  await run();
  world.check(await aws.labelled('reviewed') === 2 && front.cloud.center.items.length === 1, 'somebody else does, once');
  front.writers = [...front.writers, session('alice')];
  await aws.arm('alice', 30 * MINUTE);
  await run();
  world.check((await aws.beneficiaries()).join() === 'bob', 'nobody arms access for themselves');
  await aws.add('Backdoor');
  world.setTime(Date.now() + 31 * MINUTE);
  await run();
  await run();
  world.check((await aws.policies()).join() === 'Guard', 'when the time is over the role has no rights, also none that somebody added');
  const told = (await aws.told()).map(({ type }) => type);
  world.check(told.join() === 'Break Glass Armed,Break Glass Refused', `each arming is told once: ${told.join()}`);
  await training(world, aws);
}

async function training(world: AuditWorld, aws: AccessAws): Promise<void> {
  const check = await world.bundle('access/training-check', {
    ACCEPTED_PERIODS: '["2026-Q3","2026-Q4"]', VALID_PERIODS: '4', WARN_DAYS: '14', EVENT_BUS_NAME: BUS,
  });
  const at = async (time: string) => {
    world.setTime(Date.parse(time));
    await check.invoke({});
    return (await aws.told()).map(({ type }) => type).join();
  };
  world.check(await at('2026-11-25T08:00:00Z') === '', 'a list that is right is nothing to tell of');
  await world.surviveLosses('a list that ends soon', {
    prepare: async () => world.setTime(Date.parse('2026-12-25T08:00:00Z')),
    run: () => check.invoke({}),
    // Each run tells: a day, a reminder.
    verify: async () => (await aws.told()).length >= 2 ? [] : ['nobody was told'],
  });
  world.check(await at('2027-11-25T08:00:00Z') === 'Training List Stale', 'a list that is stale is told');
}

/** A role, a parameter and an event bus, in moto. */
class AccessAws {
  public static async make({ config }: AuditWorld): Promise<AccessAws> {
    const aws = new AccessAws(new IAMClient(config), new SSMClient(config), new SQSClient(config));
    await aws.iam.send(new CreateRoleCommand({ RoleName: 'Admin', AssumeRolePolicyDocument: NOBODY }));
    await aws.add('Guard');
    await aws.queues.send(new CreateQueueCommand({ QueueName: QUEUE }));
    const events = new EventBridgeClient(config);
    await events.send(new CreateEventBusCommand({ Name: BUS }));
    await events.send(new PutRuleCommand({ Name: 'all', EventBusName: BUS, EventPattern: '{"source":["cdk-secure-integrations.access"]}' }));
    const Targets = [{ Id: 'queue', Arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:${QUEUE}` }];
    await events.send(new PutTargetsCommand({ Rule: 'all', EventBusName: BUS, Targets }));
    return aws;
  }

  private constructor(private readonly iam: IAMClient, private readonly parameters: SSMClient, private readonly queues: SQSClient) {}

  /** The role and the parameter as they were deployed. */
  public async reset(): Promise<void> {
    for (const PolicyName of await this.policies()) {
      if (PolicyName !== 'Guard') await this.iam.send(new DeleteRolePolicyCommand({ RoleName: 'Admin', PolicyName }));
    }
    await this.parameters.send(new DeleteParameterCommand({ Name: PARAMETER })).catch(() => undefined);
    await this.parameters.send(new PutParameterCommand({ Name: PARAMETER, Type: 'String', Value: 'disarmed' }));
  }

  public async arm(beneficiary: string, milliseconds: number): Promise<void> {
    const until = new Date(Date.now() + milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
    const Value = JSON.stringify({ for: beneficiary, reason: 'the orders table answers nobody', ticket: 'INC-4711', until });
    await this.parameters.send(new PutParameterCommand({ Name: PARAMETER, Type: 'String', Value, Overwrite: true }));
  }

  public async add(PolicyName: string): Promise<void> {
    await this.iam.send(new PutRolePolicyCommand({ RoleName: 'Admin', PolicyName, PolicyDocument: DENIAL }));
  }

  public async policies(): Promise<readonly string[]> {
    return (await this.iam.send(new ListRolePoliciesCommand({ RoleName: 'Admin' }))).PolicyNames ?? [];
  }

  /** To whom the role's policies grant anything. */
  public async beneficiaries(): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    for (const PolicyName of await this.policies()) {
      const { PolicyDocument = '' } = await this.iam.send(new GetRolePolicyCommand({ RoleName: 'Admin', PolicyName }));
      const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: readonly Granted[] };
      found.push(...Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Condition }) => Condition?.StringEquals['aws:SourceIdentity']));
    }
    return found;
  }

  /** The version that has a label. */
  public async labelled(label: string): Promise<number | undefined> {
    const { Parameters = [] } = await this.parameters.send(new GetParameterHistoryCommand({ Name: PARAMETER }));
    return Parameters.find(({ Labels = [] }) => Labels.includes(label))?.Version;
  }

  /** What was told since the last look. */
  public async told(): Promise<readonly Told[]> {
    const told: Told[] = [];
    const QueueUrl = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${QUEUE}`;
    for (;;) {
      const { Messages: [message] = [] } = await this.queues.send(new ReceiveMessageCommand({ QueueUrl }));
      if (!message) return told;
      await this.queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      const { 'detail-type': type, detail: { armingId } } = JSON.parse(message.Body!) as { 'detail-type': string; detail: { armingId?: string } };
      told.push({ type, armingId });
    }
  }
}
