import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import { ECDSA, rotatingKeyPair } from './connector-scene';
import { ED25519 } from './public-keys';
import { network } from './server-world';
import { acme, key } from './serving';
import { foundation, sftp, storage } from '../../src';
import { check, RULES, TemplateSource } from '../../src/rules';
import { findings } from '../examples/synthesize';
import { serviceStatements, unnoticed } from '../examples/wiring';

jest.setTimeout(300_000);

type Resource = Record<string, any>;

const hourly = events.Schedule.rate(Duration.hours(1));
const env = { account: '222222222222', region: 'eu-west-1' };

/** A landing, a connector that sends and retrieves, and a server of some users behind some endpoint, in one stack. */
function deployed(users: sftp.SftpUsers, endpointIn: (stack: Stack) => sftp.SftpEndpoint): TemplateSource {
  const stack = new Stack(new Stage(new App({ analyticsReporting: false }), 'Production', { env }), 'Files');
  const shared = new foundation.Foundation(stack, 'Foundation', { alertEmails: ['on-call@example.com'] });
  const landing = new sftp.SftpLanding(stack, 'Landing', { foundation: shared });
  const outgoing = new storage.LandingBucket(stack, 'Outgoing', { foundation: shared });
  const server = new sftp.SftpServer(stack, 'Sftp', { endpoint: endpointIn(stack), incoming: landing.incoming, outgoing, users, foundation: shared });
  server.addPartner('acme', acme());
  server.addPartner('globex', acme({ keys: [key(ED25519[1])], access: sftp.PartnerAccess.exchange() }));
  const connector = new sftp.SftpConnector(stack, 'Hooli', {
    foundation: shared,
    egress: sftp.ConnectorEgress.serviceManaged('sftp://sftp.hooli.example'),
    trustedHostKeys: [ECDSA],
    credentials: rotatingKeyPair(stack),
  });
  connector.addSend('Invoices', { outbox: outgoing, prefix: 'invoices', schedule: hourly });
  connector.addRetrieve('Orders', { inbox: landing.incoming, prefix: 'partners/hooli', remoteDirectory: '/out', schedule: hourly, removeRetrieved: true });
  return { name: stack.node.path, template: Template.fromStack(stack).toJSON(), ...env };
}

describe.each<readonly [string, () => sftp.SftpUsers, (stack: Stack) => sftp.SftpEndpoint]>([
  ['of an identity provider with passwords, facing the internet', () => sftp.SftpUsers.identityProvider({ requirePassword: true }),
    (stack) => sftp.SftpEndpoint.internetFacing({ vpc: network(stack) })],
  ['that manages its users itself, behind a load balancer', () => sftp.SftpUsers.serviceManaged(),
    (stack) => sftp.SftpEndpoint.behindLoadBalancer({ vpc: network(stack) })],
])('what a server %s, its landing and a connector tell', (_, users, endpointIn) => {
  let source: TemplateSource;
  let resources: Record<string, Resource>;
  beforeAll(() => {
    source = deployed(users(), endpointIn);
    ({ Resources: resources } = source.template as { Resources: Record<string, Resource> });
  });

  const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
  /** Resources of which a rule of delivery says that they reach their target. */
  const reaching = (control: string) => check([source], RULES.filter((rule) => rule.control === control))
    .filter(({ outcome }) => outcome === 'compliant').map(({ logicalId }) => logicalId);
  const queueOf = (arn: Resource) => String(arn['Fn::GetAtt'][0]);

  test('is denied nowhere', () => {
    expect(findings([source], 'DELIVERY-')).toEqual([]);
  });

  test('has an end: each alarm at the alert topic, each rule at a target that takes it', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm');
    const topics = ofType('AWS::SNS::Topic').map(([id]) => id);
    expect(topics).toHaveLength(1);
    expect(alarms.length).toBeGreaterThan(40);
    const toTopic = JSON.stringify([{ Ref: topics[0] }]);
    expect(alarms.filter(([, { Properties }]) => JSON.stringify(Properties.AlarmActions) !== toTopic).map(([id]) => id)).toEqual([]);
    expect(alarms.filter(([, { Properties }]) => Properties.ActionsEnabled === false)).toEqual([]);
    expect(alarms.map(([id]) => id).filter((id) => !reaching('DELIVERY-ALARM-TOPIC').includes(id))).toEqual([]);

    const rules = ofType('AWS::Events::Rule');
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.filter(([, { Properties }]) => Properties.State !== 'ENABLED' || !(Properties.Targets?.length > 0)).map(([id]) => id)).toEqual([]);
    expect(rules.map(([id]) => id).filter((id) => !reaching('DELIVERY-RULE-TARGET').includes(id))).toEqual([]);
  });

  test('is kept where it cannot be delivered, and somebody hears of each queue that keeps it', () => {
    const targets = ofType('AWS::Events::Rule').flatMap(([id, { Properties }]) => (Properties.Targets as Resource[]).map((target) => ({ id, target })));
    expect(targets.filter(({ target }) => target.DeadLetterConfig === undefined).map(({ id }) => id)).toEqual([]);
    const kept = [
      ...targets.map(({ target }) => queueOf(target.DeadLetterConfig.Arn)),
      ...ofType('AWS::Lambda::Function').flatMap(([, { Properties }]) => Properties.DeadLetterConfig ? [queueOf(Properties.DeadLetterConfig.TargetArn)] : []),
      ...ofType('AWS::SQS::Queue').flatMap(([, { Properties }]) => Properties.RedrivePolicy ? [queueOf(Properties.RedrivePolicy.deadLetterTargetArn)] : []),
    ];
    const heard = ofType('AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) => [
      ...Properties.Dimensions ?? [],
      ...(Properties.Metrics as Resource[] | undefined ?? []).flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? []),
    ] as Resource[]).filter(({ Name }) => Name === 'QueueName').map(({ Value }) => queueOf(Value));
    expect([...new Set(kept)].filter((queue) => !heard.includes(queue))).toEqual([]);
  });

  test('would be missed: a delivery rule notices each statement for a service that is taken away', () => {
    const statements = serviceStatements([source]);
    expect(statements.length).toBeGreaterThan(5);
    expect(unnoticed([source], statements)).toEqual([]);
  });
});
