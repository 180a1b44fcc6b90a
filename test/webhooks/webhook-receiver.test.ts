import { App, Duration, Stack } from 'aws-cdk-lib';
import { actionsOf, alarmsOf, allowedTo, byHand, functionIn, githubIn, hooksIn, inboxWorld, InboxWorld, waiver } from './inbox-world';
import { api, secrets, webhooks } from '../../src';
import { parseReceiverSettings } from '../../src/runtime/webhooks/receive-settings';
import { acknowledgedBelow, propertiesOf } from '../storage/templates';

const RECEIVE = /^GitHubReceive/;
const { WebhookKeys, SignatureScheme } = webhooks;

/** A sender nobody knows, with its signature in a field that is not called one. */
const proof = SignatureScheme.detached({
  keyFormat: webhooks.WebhookKeyFormat.UTF8,
  accepts: [{ algorithm: webhooks.SignatureAlgorithm.HMAC_SHA256, encoding: webhooks.SignatureEncoding.HEX }],
  signature: webhooks.SignatureSource.header('X-Proof'),
  content: [webhooks.SignedPart.body()],
});

/** The same as the runtime reads them, where names stand for references. */
const NAMED = {
  PUBLIC_URL: 'https://hooks.example.com/github',
  TABLE_NAME: 'inbox',
  BODY_BUCKET: 'bodies-of-webhooks',
  SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:github-AbCdEf',
};

describe('by default', () => {
  const world = inboxWorld();
  const { stack, inbox } = world;
  const receiver = githubIn(world);

  test('runs the shipped bundle within the time that API Gateway waits', () => {
    expect(functionIn(stack, RECEIVE)).toMatchObject({
      Handler: 'index.handler', Runtime: 'nodejs24.x', Timeout: 29, MemorySize: 512, ReservedConcurrentExecutions: 50, TracingConfig: { Mode: 'Active' },
    });
  });

  test('configures the function as it reads its settings', () => {
    const { Variables } = functionIn(stack, RECEIVE).Environment;
    expect(Variables).toEqual({
      SCHEME: '{"preset":"github"}',
      PUBLIC_URL: stack.resolve(hooksIn(stack).urlOf('/github')),
      ENDPOINT: 'github',
      SECRET_ARN: stack.resolve(receiver.secret!.secretArn),
      OVERLAP_SECONDS: '86400',
      MAX_KEY_AGE_SECONDS: '31536000',
      TABLE_NAME: stack.resolve(inbox.table.table.tableName),
      BODY_BUCKET: stack.resolve(inbox.bodies.bucket.bucketName),
      HEADERS: '["content-type"]',
    });
    expect(parseReceiverSettings({ ...Variables, ...NAMED })).toMatchObject({ endpoint: 'github', retention: { isTombstone: true } });
  });

  test('adds one route, open to all, whose function asks', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::ApiGateway::Method'))).toEqual([
      expect.objectContaining({ HttpMethod: 'POST', AuthorizationType: 'NONE' }),
    ]);
  });

  test('may put records and bodies of its own name, and read its keys', () => {
    expect([...new Set(actionsOf(stack, RECEIVE))]).toEqual([
      'dynamodb:PutItem', 'kms:Decrypt', 'kms:GenerateDataKey', 's3:PutObject', 'secretsmanager:GetSecretValue',
    ]);
    expect(allowedTo(stack, RECEIVE).find(([actions]) => actions === 's3:PutObject')![1]).toMatch(/"\/github\/\*"/);
  });

  test('tells of forgeries, replays, collisions, faults and old keys', () => {
    expect(alarmsOf(stack, 'GitHubAlarms')).toEqual({
      Forgeries: 10, Duplicates: 100, Quarantined: 1, Fault: 1, Failure: 1, Throttled: 1, OverdueKey: 1,
    });
  });

  test('shows itself on the page of its inbox', () => {
    expect(JSON.stringify(Object.values(propertiesOf(stack, 'AWS::CloudWatch::Dashboard')))).toContain('Deliveries to github');
  });

  test('waives the rotation of the key on the secret alone, and says so to cdk-nag', () => {
    const said = acknowledgedBelow(receiver).join('\n');
    expect(said).toMatch(/SECRET-ROTATION\[NoSchedule\].*has no API to change it.*platform.*2027-06-30/);
    for (const rule of ['SMG4', 'LambdaDLQ', 'LambdaInsideVPC', 'IAM5[Resource::<InboxBodies']) expect(said).toContain(rule);
  });

  test('starts with a placeholder that is too short to be a key', () => {
    expect(Object.values(propertiesOf(stack, 'AWS::SecretsManager::Secret'))[0].GenerateSecretString).toEqual({ PasswordLength: 8, ExcludePunctuation: true });
  });
});

describe('with options', () => {
  const world = inboxWorld();
  const { stack } = world;
  const rotating = new secrets.RotatingSecret(stack, 'Rotating', { strategy: secrets.RotationStrategy.webhookSecret() });
  const receiver = githubIn(world, {
    keys: WebhookKeys.rotating(rotating),
    endpoint: 'code',
    publicUrl: 'https://hooks.example.com/in',
    sourceCidrs: ['192.0.2.0/24'],
    keepHeaders: ['X-GitHub-Event'],
    retention: Duration.days(200),
    quarantineUnverified: true,
    reservedConcurrency: 5,
    maxForgeries: 3,
    maxDuplicates: 4,
  });

  test('tells the function of them', () => {
    expect(receiver.publicUrl).toBe('https://hooks.example.com/in');
    const { Environment: { Variables }, ReservedConcurrentExecutions } = functionIn(stack, RECEIVE);
    expect(ReservedConcurrentExecutions).toBe(5);
    expect(Variables).toMatchObject({
      ENDPOINT: 'code', SOURCE_CIDRS: '["192.0.2.0/24"]', HEADERS: '["x-github-event"]', KEEP_SECONDS: '17280000', KEEP_UNVERIFIED: 'true', OVERLAP_SECONDS: '0',
    });
    expect(Variables).not.toHaveProperty('MAX_KEY_AGE_SECONDS');
  });

  test('has the API refuse requests from elsewhere, too', () => {
    expect(JSON.stringify(Object.values(propertiesOf(stack, 'AWS::ApiGateway::RestApi'))[0].Policy)).toContain('"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24"]}');
  });

  test('judges each five minutes what was kept unverified, and may see nothing else', () => {
    expect(functionIn(stack, /^GitHubRejudge/)).toMatchObject({ Timeout: 300, ReservedConcurrentExecutions: 1, Environment: { Variables: { TIMEOUT_SECONDS: '300' } } });
    const rules = Object.values(propertiesOf(stack, 'AWS::Events::Rule')).map(({ ScheduleExpression, Targets }) => [ScheduleExpression, Targets[0].Input]);
    expect(rules).toContainEqual(['rate(5 minutes)', '{"task":"rejudge"}']);
    expect(JSON.stringify(allowedTo(stack, /^GitHubRejudge/).find(([actions]) => actions === 's3:DeleteObject s3:GetObject'))).toContain('/unverified/code/*');
  });

  test('forgets what was kept unverified after a week', () => {
    const [bucket] = Object.entries(propertiesOf(stack, 'AWS::S3::Bucket')).filter(([id]) => id.startsWith('InboxBodies')).map(([, each]) => each);
    expect(bucket.LifecycleConfiguration.Rules).toContainEqual(expect.objectContaining({ Prefix: 'unverified/code/', ExpirationInDays: 7 }));
  });

  test('tells also of what was kept, and of what turned out to be forged', () => {
    expect(alarmsOf(stack, 'GitHubAlarms')).toMatchObject({ Forgeries: 3, Duplicates: 4, Unverified: 1, Dropped: 1, RejudgeFailure: 1, RejudgeUnattended: 1 });
  });
});

test.each<[string, Partial<webhooks.WebhookReceiverProps>, string]>([
  ['a path with parameters', { path: '/{sender}' }, "'path' must be a path without parameters, got '/{sender}'; write for example '/github'"],
  ['no keys', { keys: undefined }, "'keys' must be given for a sender whose keys are stored, got nothing; use WebhookKeys.rotating or WebhookKeys.keptByHand"],
  ['the endpoint of the bucket', { endpoint: 'unverified' },
    "'endpoint' must be 1 to 64 lower-case letters, digits and hyphens, not 'unverified', got 'unverified'; write for example 'github'"],
  ['plain HTTP', { publicUrl: 'http://hooks.example.com' },
    "'publicUrl' must be an https URL, got 'http://hooks.example.com'; write it as the sender was given it"],
  ['a header with a signature', { keepHeaders: ['X-Hub-Signature-256'] },
    "'keepHeaders' must be names of header fields, of neither a credential nor a signature, got 'x-hub-signature-256'; leave it out"],
  ['a header with a signature that is not called so', { keepHeaders: ['X-Shopify-Hmac-SHA256'] },
    "'keepHeaders' must be names of header fields, of neither a credential nor a signature, got 'x-shopify-hmac-sha256'; leave it out"],
  ['the header of a token', { keepHeaders: ['Plaid-Verification'] },
    "'keepHeaders' must be names of header fields, of neither a credential nor a signature, got 'plaid-verification'; leave it out"],
  ['the header of its own sender that has the signature', { keepHeaders: ['X-Proof'], scheme: proof },
    "'keepHeaders' must be names of header fields, of neither a credential nor a signature, got 'x-proof'; leave it out"],
  ['a URL that is none', { publicUrl: 'https://hooks example.com' },
    "'publicUrl' must be an https URL, got 'https://hooks example.com'; write it as the sender was given it"],
  ['more ranges than a function has room for', { publicUrl: 'https://hooks.example.com/github', sourceCidrs: Array.from({ length: 200 }, (_none, index) => `198.51.100.${index}/32`) },
    "'sourceCidrs', 'keepHeaders', 'publicUrl' and 'scheme' must have at most 3328 bytes of JSON together, got 3960; join adjacent ranges, or use several receivers"],
  ['no range', { sourceCidrs: [] }, "'sourceCidrs' must be ranges of addresses, got none; write for example '192.0.2.0/24'"],
  ['all addresses', { sourceCidrs: ['0.0.0.0/0'] }, "'sourceCidrs' must be ranges of addresses, got '0.0.0.0/0'; write for example '192.0.2.0/24'"],
  ['a retention of two days', { retention: Duration.days(2) },
    "'retention' must be between 3 and 3660 days, got 2; choose a whole number of days in that range"],
  ['a retention shorter than the key is valid', { retention: Duration.days(100) },
    "'retention' must be at least the 366 days that a key may be valid, got 100; the sender signs no time, so nothing else keeps replays out"],
  ['a retention below what the control wants', { retention: Duration.days(60), keys: WebhookKeys.keptByHand(waiver, { maxAge: Duration.days(30) }) },
    "'retention' must be at least the 90 days that a key may be valid, got 60; the sender signs no time, so nothing else keeps replays out"],
  ['a record that outlives its body', { retention: Duration.days(91), scheme: SignatureScheme.stripe() },
    "'retention' must be no longer than the 90 days that the inbox keeps bodies, got 91; raise its bodyRetention"],
  ['a key that is never old', { keys: WebhookKeys.keptByHand(waiver, { maxAge: Duration.days(366) }) },
    "'maxAge' must be between 1 and 365 days, got 366; choose a whole number of days in that range"],
  ['an overlap of months', { keys: WebhookKeys.keptByHand(waiver, { overlap: Duration.days(31) }) },
    "'overlap' must be between 0 and 2592000 seconds, got 2678400; choose a whole number of seconds in that range"],
])('refuses %s', (_, props, message) => {
  expect(() => githubIn(inboxWorld(), props)).toThrow(new Error(`[Stack/GitHub] ${message}`));
});

test('refuses the endpoint of another receiver of the inbox', () => {
  const world = inboxWorld();
  githubIn(world);
  expect(() => githubIn(world, {}, 'Second'))
    .toThrow(new Error("[Stack/Second] 'endpoint' must be one that no other receiver of the inbox has, got 'github'; give it another name"));
});

test('refuses an API that reads bodies', () => {
  const world = inboxWorld();
  expect(() => githubIn(world, { api: new api.IntegrationApi(world.stack, 'Json') })).toThrow(
    "[Stack/GitHub] 'api' must have rawBodies, got one that reads bodies as text; a signature is made over bytes, so give webhooks an API of their own");
});

test('refuses an API of another stack whose URL it would have to wait for', () => {
  const world: InboxWorld = inboxWorld();
  const other = new Stack(world.stack.node.root as App, 'Other');
  expect(() => githubIn(world, { api: hooksIn(other) }))
    .toThrow("[Stack/GitHub] 'publicUrl' must be given where the API is in another stack, got nothing; each stack would wait for the other");
});

describe('a sender that names certificates', () => {
  const sns = SignatureScheme.awsSns({ topicArns: ['arn:aws:sns:eu-west-1:111122223333:orders'] });

  test('has no keys', () => {
    const world = inboxWorld();
    expect(githubIn(world, { scheme: sns, keys: undefined }).secret).toBeUndefined();
    const { Variables } = functionIn(world.stack, RECEIVE).Environment;
    for (const name of ['SECRET_ARN', 'OVERLAP_SECONDS', 'MAX_KEY_AGE_SECONDS']) expect(Variables).not.toHaveProperty(name);
    expect(actionsOf(world.stack, RECEIVE)).not.toContain('secretsmanager:GetSecretValue');
  });

  test('is asked for them, which other packs are told is why the functions are in no VPC', () => {
    const said = acknowledgedBelow(githubIn(inboxWorld(), { scheme: sns, keys: undefined, quarantineUnverified: true })).filter((each) => /LambdaInsideVPC/.test(each));
    expect(said.length).toBeGreaterThan(1);
    for (const each of said) expect(each).toMatch(/hosts that its scheme names/);
    const stored = acknowledgedBelow(githubIn(inboxWorld())).filter((each) => /LambdaInsideVPC/.test(each)).join();
    expect(stored).toMatch(/the function calls AWS over TLS/);
  });

  test('is given none', () => {
    expect(() => githubIn(inboxWorld(), { scheme: sns, keys: byHand }))
      .toThrow(new Error("[Stack/GitHub] 'keys' must be left out for a sender that names certificates, got some; the certificates are fetched"));
  });
});
