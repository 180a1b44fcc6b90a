import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { connecting } from './connector-scene';
import { sftp, storage } from '../../src';
import { UNFINISHED_INDEX } from '../../src/runtime/sftp/transfer-row';
import { parseTransferSettings } from '../../src/runtime/sftp/transfer-settings';
import { Statement } from '../storage/templates';

const schedule = events.Schedule.cron({ hour: '2', minute: '30' });
const boxIn = (stack: Stack) => stack.node.tryFindChild('Box') as storage.LandingBucket | undefined ?? new storage.LandingBucket(stack, 'Box');
const BOX = { 'Fn::GetAtt': [expect.stringMatching(/^Box/), 'Arn'] };
const below = (path: string) => ({ 'Fn::Join': ['', [BOX, path]] });

type Use = (connector: sftp.SftpConnector, box: storage.LandingBucket, stack: Stack) => void;
const transferring = (use: Use, props?: Partial<sftp.SftpConnectorProps>) => {
  const scene = connecting(props, (connector, stack) => use(connector, boxIn(stack), stack));
  return { ...scene, template: scene.template() };
};

const sending: Use = (connector, outbox) => connector.addSend('Invoices', { outbox, prefix: 'invoices/acme', remoteDirectory: '/in', schedule });
const retrieving: Use = (connector, inbox) => connector.addRetrieve('Orders', { inbox, prefix: 'orders/acme', remoteDirectory: '/out', schedule });

function variablesOf(template: Template): Record<string, any> {
  const found = template.findResources('AWS::Lambda::Function', { Properties: { Description: 'Sends and retrieves files with a connector' } });
  expect(Object.keys(found)).toHaveLength(1);
  return Object.values(found)[0].Properties.Environment.Variables;
}

/** What the function starts with, with a name in place of what only deployment knows. */
function settingsOf(template: Template) {
  const { TRANSFERS, ...variables } = variablesOf(template);
  const transfers = typeof TRANSFERS === 'string' ? TRANSFERS
    : (TRANSFERS['Fn::Join'][1] as unknown[]).map((part) => typeof part === 'string' ? part : 'the-bucket').join('');
  return parseTransferSettings({ ...variables, TRANSFERS: transfers, CONNECTOR_ID: 'c-0123456789abcdef0', TRANSFER_TABLE: 'files' });
}

function statementsOf(template: Template, role: string): Statement[] {
  const found = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith(role));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0][1].Properties.PolicyDocument.Statement as Statement[];
}

/** What the function may do, but for logs, traces and keys. */
const rightsOf = (template: Template) => statementsOf(template, 'AcmeTransfersRoleDefault')
  .filter(({ Action }) => !/^(logs|xray|kms|sqs):/.test([Action].flat()[0])).map(({ Action }) => [Action].flat().join(', '));

describe('a send', () => {
  const { template } = transferring(sending);

  test('is what the function starts with', () => {
    expect(settingsOf(template)).toEqual({
      connectorId: 'c-0123456789abcdef0',
      table: 'files',
      sends: [{ kind: 'send', name: 'Invoices', bucket: 'the-bucket', prefix: 'invoices/acme', remote: '/in' }],
      retrieves: [],
      finishMilliseconds: 2 * 3_600_000,
    });
  });

  test('runs when its schedule says, and what cannot be delivered goes to the dead letters', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(30 2 * * ? *)',
      Targets: [Match.objectLike({ Input: '{"task":"send","name":"Invoices"}', DeadLetterConfig: { Arn: Match.anyValue() }, RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 } })],
    });
  });

  test('lets the function see the folder and start transfers, and the connector use the folder alone', () => {
    expect(rightsOf(template)).toEqual([
      'dynamodb:BatchGetItem, dynamodb:PutItem', 'dynamodb:Query', 'transfer:ListFileTransferResults', 'transfer:StartFileTransfer', 's3:ListBucket',
    ]);
    expect(statementsOf(template, 'AcmeTransfersRoleDefault')).toContainEqual({
      Action: 's3:ListBucket', Effect: 'Allow', Resource: BOX, Condition: { StringEquals: { 's3:prefix': 'invoices/acme/' } },
    });
    const onFiles = statementsOf(template, 'AcmeAccessRoleDefault').filter(({ Action }) => [Action].flat()[0].startsWith('s3:'));
    expect(onFiles).toEqual([
      { Action: 's3:ListBucket', Effect: 'Allow', Resource: BOX, Condition: { StringLike: { 's3:prefix': 'invoices/acme/*' } } },
      { Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging'], Effect: 'Allow', Resource: below('/invoices/acme/*') },
      { Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Effect: 'Allow', Resource: below('/invoices/acme/*') },
    ]);
  });
});

describe('a retrieve', () => {
  test('is what the function starts with, and has its listings in a bucket of their own, where nobody looks for files', () => {
    const { template } = transferring(retrieving);
    const { sends, retrieves: [{ listings, listingsBucket, ...retrieve }] } = settingsOf(template);
    expect([sends, retrieve]).toEqual([[], { kind: 'retrieve', name: 'Orders', bucket: 'the-bucket', prefix: 'orders/acme', remote: '/out', remove: false }]);
    expect([listings, listingsBucket]).toEqual(['Orders', 'the-bucket']);
    expect(rightsOf(template)).toEqual(['dynamodb:BatchGetItem, dynamodb:PutItem', 'dynamodb:Query', 'transfer:ListFileTransferResults',
      'transfer:StartDirectoryListing', 'transfer:StartFileTransfer', 's3:GetObject']);
    const [bucket] = Object.keys(template.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('AcmeTransfersListings'));
    const listed = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/Orders/*']] };
    const folders = statementsOf(template, 'AcmeAccessRoleDefault').filter(({ Action }) => [Action].flat().includes('s3:PutObject')).map(({ Resource }) => Resource);
    expect(folders).toEqual([below('/orders/acme/*'), listed]);
    expect(statementsOf(template, 'AcmeTransfersRoleDefault').find(({ Action }) => Action === 's3:GetObject')).toMatchObject({ Resource: listed });
    template.hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike({ Input: '{"task":"retrieve","name":"Orders"}' })] });
  });

  test('removes nothing at the partner unless it is asked to', () => {
    const { template } = transferring((connector, inbox) => connector.addRetrieve('Orders', { inbox, prefix: 'orders', remoteDirectory: '/', schedule, removeRetrieved: true }));
    expect(rightsOf(template)).toContain('transfer:StartRemoteDelete');
    expect(settingsOf(template).retrieves).toEqual([expect.objectContaining({ remote: '/', remove: true })]);
  });
});

describe('the transfers of a connector', () => {
  const { template, connector, stack } = transferring((each, box, scope) => {
    sending(each, box, scope);
    retrieving(each, box, scope);
    each.addSend('Reports', { outbox: box, prefix: 'reports', schedule });
    each.grantOperate(new iam.Role(scope, 'Operator', { assumedBy: new iam.AccountRootPrincipal() }));
  }, { finishWithin: Duration.minutes(30) });

  test('share a function, a table that forgets nothing, and one right of each kind', () => {
    const { sends, retrieves, finishMilliseconds } = settingsOf(template);
    expect([sends.map(({ name, remote }) => [name, remote]), retrieves.length, finishMilliseconds]).toEqual([[['Invoices', '/in'], ['Reports', undefined]], 1, 1_800_000]);
    template.hasResource('AWS::DynamoDB::Table', {
      Properties: {
        KeySchema: [{ AttributeName: 'file', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [Match.objectLike({ IndexName: UNFINISHED_INDEX })],
        TimeToLiveSpecification: Match.absent(),
        DeletionProtectionEnabled: true,
      },
      DeletionPolicy: 'Retain',
    });
    expect(rightsOf(template).filter((action) => action.startsWith('transfer:'))).toEqual([
      'transfer:ListFileTransferResults', 'transfer:StartFileTransfer', 'transfer:StartDirectoryListing',
    ]);
  });

  test('have their results taken note of by way of a queue, from the events of this connector alone', () => {
    const detailType = ['File Send', 'File Retrieve', 'Directory Listing', 'Remote Delete'].flatMap((of) => [`SFTP Connector ${of} Completed`, `SFTP Connector ${of} Failed`]);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { 'source': ['aws.transfer'], 'detail-type': detailType, 'detail': { 'connector-id': [stack.resolve(connector.connectorId)] } },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 1800 });
  });

  test('are looked after each hour', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [Match.objectLike({ Input: '{"task":"watch"}' })] });
  });

  test.each<[string, string]>([
    ['Failure', '{ $.message.outcome = "failed" || $.message.outcome = "not-listed" || $.message.outcome = "not-removed" }'],
    ['Dead', '{ $.message.outcome = "dead" }'],
    ['Unfinished', '{ $.message.outcome = "watched" }'],
    ['LeftOut', '{ $.message.nested > 0 || $.message.unsendable > 0 || $.message.refused > 0 || $.message.truncated > 0 || $.message.undated > 0 }'],
    ['Fault', '{ $.message.outcome = "fault" }'],
    ['Unattended', '{ $.message.outcome = "watched" }'],
  ])('have an alarm %s, which pages, on what the function says', (id, pattern) => {
    const [{ Properties }] = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).filter(([name]) => new RegExp(`^AcmeTransfersAlarms${id}[0-9A-F]{8}$`).test(name))
      .map(([, alarm]) => alarm);
    expect(Properties.AlarmActions).toHaveLength(1);
    expect(Properties.AlarmDescription).toMatch(/^Stack\/Acme: /);
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: pattern, MetricTransformations: [Match.objectLike({ MetricName: Properties.MetricName, MetricNamespace: 'SecureIntegrations/Sftp' })],
    });
  });

  test('are released by an operator, who may invoke the function and nothing else', () => {
    const [statement, ...more] = statementsOf(template, 'OperatorDefault');
    expect(more).toEqual([]);
    expect(statement).toEqual({ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: stack.resolve(connector.transferFunction.functionArn) });
  });

  test('wait for the connector and its log', () => {
    const [handler] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Description: Match.stringLikeRegexp('^Sends') } }));
    expect(handler.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^Acme[0-9A-F]{8}$/), expect.stringMatching(/^AcmeLog[0-9A-F]{8}$/)]));
  });
});

describe('refused is', () => {
  const refused = (use: Use) => () => transferring(use);
  const send = (id: string, options: Partial<sftp.ConnectorSendOptions>): Use => (connector, outbox) =>
    connector.addSend(id, { outbox, prefix: 'invoices', schedule, ...options });

  test.each(['', 'a b', 'a/b', 'x'.repeat(65)])('the name %j', (id) => {
    expect(refused(send(id, {}))).toThrow(`[Stack/Acme] 'id' must be 1 to 64 letters, digits and hyphens, got '${id}'; name the transfer so`);
  });

  test.each(['', '/a', 'a/', 'a//b', '../a', 'a/*', 'a/${b}'])('the folder %j', (prefix) => {
    expect(refused(send('A', { prefix }))).toThrow(
      `'prefix' must be a folder without a slash at its ends, got '${prefix}'; write outbox/acme`);
  });

  test.each(['', 'in', '/in/', '//', '/a/../b', '/..', '/.', '/a\nb', `/${'x'.repeat(256)}`])('the directory %j', (remoteDirectory) => {
    expect(refused(send('A', { remoteDirectory }))).toThrow("'remoteDirectory' must be an absolute path, got");
  });

  test('what deployment alone knows, since rights end there', () => {
    expect(refused((connector, outbox, stack) => connector.addSend('A', { outbox, prefix: new CfnParameter(stack, 'P').valueAsString, schedule })))
      .toThrow("'prefix' must be known at synthesis, got a value that deployment alone knows; write it, as rights end there");
    expect(refused((connector, inbox, stack) => connector.addRetrieve('A', { inbox, prefix: 'a', remoteDirectory: new CfnParameter(stack, 'P').valueAsString, schedule })))
      .toThrow("'remoteDirectory' must be known at synthesis");
  });

  test.each(['invoices/acme', 'invoices', 'invoices/acme/below'])('a second transfer with the folder %s', (prefix) => {
    expect(refused((connector, box, stack) => {
      sending(connector, box, stack);
      connector.addSend('More', { outbox: box, prefix, schedule });
    })).toThrow(`'prefix' must be apart from that of 'Invoices', got ${prefix}; choose another one`);
    expect(refused((connector, box, stack) => {
      sending(connector, box, stack);
      connector.addRetrieve('More', { inbox: box, prefix, remoteDirectory: '/in', schedule });
    })).toThrow(`'prefix' must be apart from that of 'Invoices', got ${prefix}; choose another one`);
  });

  test('a second retrieve of a directory', () => {
    expect(refused((connector, box, stack) => {
      retrieving(connector, box, stack);
      connector.addRetrieve('More', { inbox: box, prefix: 'more', remoteDirectory: '/out', schedule });
    })).toThrow("'remoteDirectory' must be apart from that of 'Orders', got /out; choose another one");
  });

  test('a second transfer of one name', () => {
    expect(refused((connector, box, stack) => {
      sending(connector, box, stack);
      connector.addRetrieve('Invoices', { inbox: box, prefix: 'more', remoteDirectory: '/out', schedule });
    })).toThrow("'id' must be another than those of the other transfers, got 'Invoices'; name it otherwise");
  });

  test('more than the environment of a function holds', () => {
    expect(refused((connector, box) => {
      for (let index = 0; index < 20; index++) connector.addSend(`S${index}`, { outbox: box, prefix: `p${index}`, schedule });
    })).toThrow("'id' must be one of fewer transfers, got number 15, whose names and paths are too long together; make another connector for the same server");
  });
});

test('the same folder of another bucket is another one', () => {
  expect(() => transferring((connector, box, stack) => {
    sending(connector, box, stack);
    connector.addSend('More', { outbox: new storage.LandingBucket(stack, 'Other'), prefix: 'invoices/acme', schedule });
  })).not.toThrow();
});
