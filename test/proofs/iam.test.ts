import { App, Stack, Stage } from 'aws-cdk-lib';
import { proofOf } from './iam';
import { NOTHING } from './iam/asked';
import { environmentsOf } from './iam/assembly';
import { Environment } from './iam/environment';
import { ProvedExample } from './iam/examples';
import { HANDLERS } from './iam/handlers';
import { resolve } from './iam/intrinsics';
import { madeByLambda } from './iam/made-by-lambda';
import { madeFor } from './iam/made-with-keys';
import { outcomeOf, prove, proveFunction } from './iam/prove';
import { callsOf } from './iam/requests';
import { grantsOf } from './iam/role';
import { rotating } from './iam/rotations';
import { Proof, runProofs } from './proof';
import { addHub } from '../../examples/partner-hub/hub';
import { foundation, secrets } from '../../src';

// The proof synthesizes an app and starts a process for each function, which takes a few seconds, and more on a busy machine.
jest.setTimeout(120_000);

const ACCOUNT = '222222222222';
const INTAKE = 'Orders/Intake/Worker/Function';
const QUEUE = `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/orders`;

/** An example with one function. */
const SIGNING: ProvedExample = {
  name: 'signing',
  handlers: { 'Secrets/Signing/Function': rotating('webhook-secret') },
  addTo(app) {
    const stage = new Stage(app, 'Live', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    const shared = new foundation.Foundation(new Stack(stage, 'Shared'), 'Foundation');
    new secrets.RotatingSecret(new Stack(stage, 'Secrets'), 'Signing', { foundation: shared, strategy: secrets.RotationStrategy.webhookSecret() });
  },
};

/** What a proof wrote, and its exit code. */
async function run(proofs: Record<string, Proof>): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await runProofs(Object.keys(proofs), (name) => proofs[name], [], (line) => lines.push(line));
  return { code, lines };
}

describe('the proof', () => {
  test('holds for an example, and ends with its figures', async () => {
    const { code, lines } = await run({ iam: proofOf([SIGNING]) }); // npm run proof takes them all, for half a minute
    expect(lines.at(-1)).toMatch(/^iam: [1-9]\d* calls, 0 denied, 0 unexercised$/);
    expect(code).toBe(0);
  });

  const app = new App({ analyticsReporting: false });
  addHub(app);
  const production = app.synth().nestedAssemblies.find(({ displayName }) => displayName === 'Production')!.nestedAssembly;
  const { PolicyDocument: document } = Object.values<any>(production.stacks.find(({ stackName }) => stackName === 'Production-Orders')!.template.Resources)
    .find(({ Type }) => Type === 'AWS::IAM::Policy').Properties as { PolicyDocument: { Statement: object[] } };
  const granted = document.Statement;
  const indices = granted.map((_, index) => [index]);

  /** What the proof says with other statements in the policy of the intake's role. */
  function runWith(statements: object[]) {
    document.Statement = statements;
    const [environment] = environmentsOf(production, 'Production');
    const intake = environment.at(INTAKE, 'AWS::Lambda::Function');
    return run({ iam: { claim: 'changed', run: async (_, say) => outcomeOf([await proveFunction(intake, HANDLERS[INTAKE], environment, say)]) } });
  }

  test.each(indices)('fails without statement %d of the role', async (index) => {
    const { code, lines } = await runWith(granted.filter((_, each) => each !== index));
    expect(lines.at(-1)).toMatch(/ [1-9]\d* denied, 0 unexercised$/);
    expect(code).toBe(1);
  });

  test('fails with a statement that no call needs', async () => {
    const { code, lines } = await runWith([...granted, { Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: '*' }]);
    expect(lines.at(-1)).toMatch(/ 0 denied, 1 unexercised$/);
    expect(lines).toContain('    unexercised: sqs:PurgeQueue on *');
    expect(code).toBe(1);
  });

  test('fails with a statement that reaches beside the resource', async () => {
    const { code, lines } = await runWith(granted.map((statement) => (
      JSON.stringify(statement).includes('dynamodb:PutItem') ? { ...statement, Resource: 'arn:aws:dynamodb:*:*:table/*' } : statement)));
    expect(lines.at(-1)).toMatch(/ 0 denied, 0 unexercised$/);
    expect(lines.join('\n')).toMatch(/allowed beside its resource: dynamodb:PutItem on .*-sibling/);
    expect(code).toBe(1);
  });

  test('refuses a function that nothing exercises, and a handler without a function', async () => {
    const environments = environmentsOf(production, 'Production');
    const { [INTAKE]: intake, ...others } = HANDLERS;
    await expect(prove(environments, others, () => undefined)).rejects.toThrow('nothing exercises Production/Orders/Intake/Worker/Function; add it');
    await expect(prove(environments, { ...HANDLERS, 'Orders/Gone': intake }, () => undefined)).rejects
      .toThrow('there is no function Orders/Gone any more');
  });
});

test('one claim that fails makes the run fail, and every claim has its figures last', async () => {
  const claims = (holds: boolean): Proof => ({ claim: 'it holds', run: async (_, say) => { say('looked'); return { holds, figures: '1 thing' }; } });
  expect(await run({ right: claims(true), wrong: claims(false), late: claims(true) })).toEqual({
    code: 1,
    lines: ['right: it holds', '  looked', 'wrong: it holds', '  looked', 'late: it holds', '  looked', 'right: 1 thing', 'wrong: 1 thing', 'late: 1 thing'],
  });
});

describe('a request', () => {
  const asked = (service: string, method: string, url: string, target = '', body: object = {}, headers = {}) => callsOf({
    method,
    url,
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-1/${service}/aws4_request, SignedHeaders=host`, ...(target && { 'x-amz-target': target }), ...headers },
    body: JSON.stringify(body),
  }, ACCOUNT).map(({ action, resource }) => `${action} ${resource}`);
  const table = (name: string) => `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${name}`;

  test.each<[string, string[], string[]]>([
    ['an object', ['GET', '/landing/orders/a%20b.csv?x-id=GetObject'], ['s3:GetObject arn:aws:s3:::landing/orders/a b.csv']],
    ['a version', ['GET', '/landing/orders/a.csv?versionId=v1&x-id=GetObject'], ['s3:GetObjectVersion arn:aws:s3:::landing/orders/a.csv']],
    ['the head of an object', ['HEAD', '/landing/a.csv'], ['s3:GetObject arn:aws:s3:::landing/a.csv']],
    ['a listing', ['GET', '/landing?list-type=2&prefix=orders%2F'], ['s3:ListBucket arn:aws:s3:::landing']],
    ['a new object', ['PUT', '/landing/a.csv?x-id=PutObject'], ['s3:PutObject arn:aws:s3:::landing/a.csv']],
    ['a deletion', ['DELETE', '/landing/a.csv?x-id=DeleteObject'], ['s3:DeleteObject arn:aws:s3:::landing/a.csv']],
    ['the deletion of a version', ['DELETE', '/landing/a.csv?x-id=DeleteObject&versionId=v1'], ['s3:DeleteObjectVersion arn:aws:s3:::landing/a.csv']],
  ])('to S3 for %s is what IAM calls it', (_, [method, url], expected) => {
    expect(asked('s3', method, url)).toEqual(expected);
  });

  test.each<[string, string, object, string[]]>([
    ['dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 'T', ConditionExpression: 'attribute_not_exists(a)' }, [`dynamodb:PutItem ${table('T')}`]],
    ['dynamodb', 'DynamoDB_20120810.GetItem', { TableName: table('T') }, [`dynamodb:GetItem ${table('T')}`]],
    ['dynamodb', 'DynamoDB_20120810.Query', { TableName: 'T', IndexName: 'I' }, [`dynamodb:Query ${table('T')}/index/I`]],
    ['dynamodb', 'DynamoDB_20120810.BatchWriteItem', { RequestItems: { A: [], B: [] } }, [`dynamodb:BatchWriteItem ${table('A')}`, `dynamodb:BatchWriteItem ${table('B')}`]],
    ['dynamodb', 'DynamoDB_20120810.TransactWriteItems', { TransactItems: [{ Put: { TableName: 'A' } }, { ConditionCheck: { TableName: 'B' } }] },
      [`dynamodb:PutItem ${table('A')}`, `dynamodb:ConditionCheckItem ${table('B')}`]],
    ['sqs', 'AmazonSQS.SendMessageBatch', { QueueUrl: QUEUE }, [`sqs:SendMessage arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`]],
    ['dynamodb', 'DynamoDB_20120810.UpdateItem', { TableName: 'T', Key: { holder: { S: 'h' } } }, [`dynamodb:UpdateItem ${table('T')}`]],
    ['kms', 'TrentService.GenerateMac', { KeyId: 'arn:aws:kms:eu-west-1:1:key/k', MacAlgorithm: 'HMAC_SHA_256' }, ['kms:GenerateMac arn:aws:kms:eu-west-1:1:key/k']],
    ['events', 'AWSEvents.PutEvents', { Entries: [{ EventBusName: 'b', Source: 's', DetailType: 't' }] }, [`events:PutEvents arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/b`]],
    ['transfer', 'TransferService.TestConnection', { ConnectorId: 'c-1' }, [`transfer:TestConnection arn:aws:transfer:eu-west-1:${ACCOUNT}:connector/c-1`]],
    ['cognito-idp', 'AWSCognitoIdentityProviderService.ListUserPoolClientSecrets', { UserPoolId: 'p' },
      [`cognito-idp:ListUserPoolClientSecrets arn:aws:cognito-idp:eu-west-1:${ACCOUNT}:userpool/p`]],
    ['secretsmanager', 'secretsmanager.GetSecretValue', { SecretId: 'arn:aws:secretsmanager:eu-west-1:1:secret:s-AbCdEf' },
      ['secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:1:secret:s-AbCdEf']],
  ])('to %s for %s is what IAM calls it', (service, target, body, expected) => {
    expect(asked(service, 'POST', '/', target, body)).toEqual(expected);
  });

  test.each<[string, [string, string, object], string[]]>([
    ['a listing of keys', ['GET', '/apikeys?name=a', {}], ['apigateway:GET arn:aws:apigateway:eu-west-1::/apikeys']],
    ['a new key with tags', ['POST', '/apikeys', { tags: { owner: 'o' } }], ['apigateway:POST arn:aws:apigateway:eu-west-1::/apikeys',
      'apigateway:PUT arn:aws:apigateway:eu-west-1::/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Fapikeys%2Fmade']],
  ])('to API Gateway for %s is what IAM calls it', (_, [method, url, body], expected) => {
    expect(asked('apigateway', method, url, '', body)).toEqual(expected);
  });

  test('to Lambda for an invocation is what IAM calls it', () => {
    expect(asked('lambda', 'POST', '/2015-03-31/functions/f/invocations')).toEqual([`lambda:InvokeFunction arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`]);
  });

  test('tells IAM the partition of a table, and the tags of what is made or changed', () => {
    const known = { ...NOTHING, partitionKeyOf: () => 'holder', tagsOf: () => ({ owner: 'o' }) };
    const contextOf = (service: string, method: string, url: string, body: object, target?: string) => callsOf({
      method,
      url,
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-west-1/${service}/aws4_request, SignedHeaders=host`, ...(target && { 'x-amz-target': target }) },
      body: JSON.stringify(body),
    }, ACCOUNT, known)[0].context;
    const leading = { 'dynamodb:LeadingKeys': ['h'] };
    expect(contextOf('dynamodb', 'POST', '/', { TableName: 'T', Item: { holder: { S: 'h' } } }, 'D.PutItem')).toMatchObject(leading);
    expect(contextOf('dynamodb', 'POST', '/', {
      TableName: 'T', KeyConditionExpression: '#h = :h', ExpressionAttributeNames: { '#h': 'holder' }, ExpressionAttributeValues: { ':h': { S: 'h' } },
    }, 'D.Query')).toMatchObject(leading);
    expect(contextOf('apigateway', 'POST', '/apikeys', { tags: { owner: 'o' } })).toMatchObject({ 'aws:RequestTag/owner': 'o', 'aws:TagKeys': ['owner'] });
    expect(contextOf('apigateway', 'DELETE', '/apikeys/k', {})).toMatchObject({ 'aws:ResourceTag/owner': 'o' });
  });

  test.each<[string, () => unknown, string]>([
    ['of an unknown operation', () => asked('dynamodb', 'POST', '/', 'DynamoDB_20120810.ExecuteStatement'), 'which permission ExecuteStatement of dynamodb needs'],
    ['of an unknown service', () => asked('rekognition', 'POST', '/', 'RekognitionService.DetectFaces'), 'which permission DetectFaces of rekognition needs'],
    ['of Amazon SNS that is no publication', () => asked('sns', 'POST', '/'), 'of sns needs'],
    ['with a key by its alias', () => asked('kms', 'POST', '/', 'TrentService.VerifyMac', { KeyId: 'alias/k' }), 'by its ARN alone'],
    ['of Lambda that is no invocation', () => asked('lambda', 'GET', '/2015-03-31/functions/f'), 'which permission GET /2015-03-31/functions/f of lambda needs'],
    ['for a subresource', () => asked('s3', 'GET', '/landing?acl'), 'which permission GET without a name of s3 needs'],
    ['for the head of a bucket', () => asked('s3', 'HEAD', '/landing'), 'which permission HeadObject without a key of s3 needs'],
    ['that needs one permission more', () => asked('s3', 'PUT', '/landing/a?x-id=PutObject', '', {}, { 'x-amz-tagging': 'a=b' }), 'PutObject with x-amz-tagging of s3'],
    ['for a secret by name', () => asked('secretsmanager', 'POST', '/', 'secretsmanager.GetSecretValue', { SecretId: 's' }), 'by its ARN alone'],
    ['without a signature', () => callsOf({ method: 'GET', url: '/a?token=t', headers: {}, body: '' }, ACCOUNT), 'GET /a is not signed'],
  ])('%s is refused', (_, ask, message) => {
    expect(ask).toThrow(message);
  });
});

describe('an intrinsic function', () => {
  const references = { ref: (id: string) => `ref-${id}`, attribute: (id: string, name: string) => `${id}-${name}`, exported: (name: string) => `export-${name}` };

  test.each<[unknown, unknown]>([
    [{ Ref: 'A' }, 'ref-A'],
    [{ 'Fn::GetAtt': ['A', 'Arn'] }, 'A-Arn'],
    [{ 'Fn::GetAtt': 'A.Arn' }, 'A-Arn'],
    [{ 'Fn::Join': ['/', [{ Ref: 'A' }, 'b', 3]] }, 'ref-A/b/3'],
    [{ 'Fn::Sub': '${A}:${A.Arn}:${!A}' }, 'ref-A:A-Arn:${A}'],
    [{ 'Fn::Sub': ['${A}:${B}', { A: { Ref: 'C' } }] }, 'ref-C:ref-B'],
    [{ 'Fn::ImportValue': { 'Fn::Join': ['', ['a', 'b']] } }, 'export-ab'],
    [[{ Effect: 'Allow', Resource: { Ref: 'A' }, n: 1.2, t: true }], [{ Effect: 'Allow', Resource: 'ref-A', n: 1.2, t: true }]],
  ])('%j is %j', (value, expected) => {
    expect(resolve(value, references)).toEqual(expected);
  });

  test.each([[{ 'Fn::If': ['C', 'a', 'b'] }, 'Fn::If'], [{ 'Fn::Join': ['', 'a'] }, 'a list'], [{ 'Fn::Join': ['', [{}]] }, 'text']])('%j is refused', (value, message) => {
    expect(() => resolve(value, references)).toThrow(message);
  });
});

describe('an environment', () => {
  const stack = (name: string, Resources: object, Outputs = {}) => ({
    name, place: { account: ACCOUNT, region: 'eu-west-1' }, template: { Resources, Outputs } as any, paths: {}, assetsFile: '',
  });
  const queue = (Properties: object) => new Environment('E', [stack('S', { Q: { Type: 'AWS::SQS::Queue', Properties } }), stack('Shared',
    { K: { Type: 'AWS::KMS::Key' } }, { O: { Value: { 'Fn::GetAtt': ['K', 'Arn'] }, Export: { Name: 'shared-key' } } })]);
  const receive = (environment: Environment) => ({ action: 'sqs:ReceiveMessage', resource: environment.namesOf(environment.at('Q', 'AWS::SQS::Queue')).arn, context: {}, because: 'test' });

  test('names a resource as its template does, or as a deployment could', () => {
    expect(queue({ QueueName: 'q' }).namesOf(queue({ QueueName: 'q' }).at('Q', 'AWS::SQS::Queue')).ref).toBe(`https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/q`);
    expect(receive(queue({})).resource).toMatch(new RegExp(`^arn:aws:sqs:eu-west-1:${ACCOUNT}:S-Q-[0-9a-f]{12}$`));
  });

  test('follows an export to the key of another stack, which the service uses in the name of the caller', () => {
    const environment = queue({ KmsMasterKeyId: { 'Fn::ImportValue': 'shared-key' } });
    expect(madeFor(receive(environment), environment)).toMatchObject([{
      action: 'kms:Decrypt',
      resource: environment.namesOf(environment.at('K', 'AWS::KMS::Key')).arn,
      context: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:sqs:arn': receive(environment).resource },
    }]);
    expect(madeFor(receive(queue({})), queue({}))).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    ['a key that is not its own', () => madeFor(receive(queue({ KmsMasterKeyId: 'alias/x' })), queue({ KmsMasterKeyId: 'alias/x' })), 'has no AWS::KMS::Key'],
    ['an export that is not there', () => madeFor(receive(queue({})), queue({ KmsMasterKeyId: { 'Fn::ImportValue': 'x' } })), 'no stack of E exports x'],
    ['a parameter', () => queue({ QueueName: { Ref: 'P' } }).namesOf(queue({ QueueName: { Ref: 'P' } }).resources[0]), 'does not read parameters'],
    ['a nested stack', () => new Environment('E', [stack('S', { N: { Type: 'AWS::CloudFormation::Stack' } })]), 'nested stacks'],
    ['a function with a file system', () => {
      const environment = new Environment('E', [stack('S', { F: { Type: 'AWS::Lambda::Function', Properties: { FileSystemConfigs: [] } } })]);
      return madeByLambda(environment.resources[0], environment);
    }, 'in a role\'s name for FileSystemConfigs of F'],
  ])('does not guess about %s', (_, look, message) => {
    expect(look).toThrow(message);
  });
});

test.each([
  [{ Effect: 'Allow', Action: ['s3:Get*'], Resource: '*' }, 'the role is granted s3:Get*; name single actions'],
  [{ Effect: 'Allow', NotAction: 's3:GetObject', Resource: '*' }, 'granted everything but something'],
])('a grant of %j is refused, since it cannot be shown to be needed', (statement, message) => {
  expect(() => grantsOf(statement)).toThrow(message);
});
