import { App, Aws, CfnParameter, Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { bound, verified } from './bound';
import { core, webhooks } from '../../src';
import { WAIVER_METADATA } from '../../src/compliance';
import { integrityOf } from '../../src/runtime/webhooks/coverage';
import { parseScheme } from '../../src/runtime/webhooks/parse-scheme';
import { PRESETS, PresetName } from '../../src/runtime/webhooks/presets';
import { signsTime } from '../../src/runtime/webhooks/retention';

const { SignatureScheme, Requirement } = webhooks;

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:orders';
const WAIVER = core.Waiver.because('the sender can do no better than this', { owner: 'edi-team', expires: '2027-06-30' });

type Factory = (options?: webhooks.TimedSenderOptions) => webhooks.SignatureScheme;

/** The factory of a preset has its name in camel case. */
function factoryOf(preset: string): Factory {
  const name = preset.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof typeof SignatureScheme;
  return SignatureScheme[name] as unknown as Factory;
}

const MADE: Readonly<Partial<Record<PresetName, Factory>>> = {
  'paypal': (options) => SignatureScheme.paypal({ webhookId: '1AB23456CD789012E', ...options }),
  'aws-sns': (options) => SignatureScheme.awsSns({ topicArns: [TOPIC], ...options }),
  'okta': (options) => SignatureScheme.okta(WAIVER, options),
};

const NAMES = Object.keys(PRESETS) as PresetName[];
const made = (preset: PresetName, options?: webhooks.TimedSenderOptions) => (MADE[preset] ?? factoryOf(preset))(options);

describe.each(NAMES)('%s', (preset) => {
  const { document, ...facts } = bound(made(preset));
  const scheme = parseScheme(document);

  test('is what the verifier does for the sender', () => {
    const { settings, require, ...rest } = scheme as typeof scheme & { settings?: object };
    const { require: builtIn, ...known } = PRESETS[preset] as typeof scheme;
    expect(rest).toEqual(known);
    expect(require ?? []).toEqual([...builtIn ?? [], ...preset === 'aws-sns' ? [{ pointer: '/TopicArn', oneOf: [TOPIC] }] : []]);
    expect(settings).toEqual(preset === 'paypal' ? { webhookId: '1AB23456CD789012E' } : undefined);
  });

  test('tells a receiver what the verifier needs', () => {
    expect(facts.signsTime).toBe(signsTime(scheme));
    expect(facts.integrity).toBe(integrityOf(scheme));
    expect(facts.keys).toBe(scheme.type === 'detached' && scheme.certificate ? 'certificate' : 'stored');
    expect(facts.httpMethods).toEqual(scheme.handshake === 'okta' ? ['POST', 'GET'] : ['POST']);
    expect(facts.secretFormat).toMatch(/^\S.{20,120}$/);
  });

  test('takes a smaller body and more requirements', () => {
    const adjusted = verified(made(preset, { maxBody: Size.kibibytes(64), require: [Requirement.header('X-Account', 'a', 'b')] }));
    expect(adjusted.maxBodyBytes).toBe(65_536);
    expect(adjusted.require).toEqual([...scheme.require ?? [], { header: 'x-account', oneOf: ['a', 'b'] }]);
  });
});

test.each(NAMES.filter((preset) => signsTime(PRESETS[preset])))('%s takes a tolerance', (preset) => {
  const scheme = verified(made(preset, { tolerance: Duration.seconds(42) }));
  expect(JSON.stringify(scheme)).toContain('"toleranceSeconds":42');
});

test('a token of a sender may have to have a claim', () => {
  expect(verified(SignatureScheme.qstash({ require: [Requirement.claim('region', 'eu-central-1')] })).require).toEqual([
    { claim: 'iss', oneOf: ['Upstash'] }, { claim: 'region', oneOf: ['eu-central-1'] },
  ]);
});

test('what two sides agree on in RFC 9421 can be said', () => {
  expect(verified(SignatureScheme.rfc9421({
    keyFormat: webhooks.WebhookKeyFormat.ED25519_BASE64,
    algorithms: [webhooks.SignatureAlgorithm.ED25519],
    components: ['@method', 'Content-Digest', 'X-Tenant'],
    tag: 'orders',
    idPointer: '/id',
  }))).toEqual({
    type: 'http-message',
    key: 'ed25519-base64',
    algorithms: ['ed25519'],
    components: ['@method', 'content-digest', 'x-tenant'],
    toleranceSeconds: 300,
    tag: 'orders',
    id: { pointer: '/id' },
  });
});

test.each<[string, webhooks.SignatureScheme]>([
  ["'tolerance' must be between 1 and 86400 seconds, got 86401; choose a whole number of seconds in that range",
    SignatureScheme.stripe({ tolerance: Duration.seconds(86_401) })],
  ["'tolerance' must be between 1 and 86400 seconds, got 0.5; choose a whole number of seconds in that range",
    SignatureScheme.stripe({ tolerance: Duration.millis(500) })],
  ["'tolerance' must be in seconds where it is a token, got minutes; use Duration.seconds",
    SignatureScheme.stripe({ tolerance: Duration.minutes(Lazy.number({ produce: () => 1 })) })],
  ["'maxBody' must be a whole number between 1 and 10485760, got 11534336; choose one in that range",
    SignatureScheme.github({ maxBody: Size.mebibytes(11) })],
  ["'require' must have from 1 to 32 entries, got 0; name what the sender does", SignatureScheme.github({ require: [] })],
  ["'require' must have from 1 to 31 entries, got 32; name what the sender does",
    SignatureScheme.paypal({ webhookId: 'x', require: Array.from({ length: 32 }, () => Requirement.header('a', 'b')) })],
  ["'require' must have from 1 to 256 entries, got 0; name what the sender does", SignatureScheme.github({ require: [Requirement.header('a')] })],
  ["'require' must be a header name of 1 to 128 characters, got 'x account'; write the name alone, without colon and value",
    SignatureScheme.github({ require: [Requirement.header('X Account', 'a')] })],
  ["'require' must be a JSON Pointer to a member, got 'id'; write for example '/event/id'",
    SignatureScheme.github({ require: [Requirement.pointer('id', 'a')] })],
  ["'require' must be printable ASCII of 1 to 512 characters, got ''; write it as the sender does",
    SignatureScheme.github({ require: [Requirement.pointer('/id', '')] })],
  ["'require' must name no claim, got 'iss'; this scheme has no token, name a header or a pointer",
    SignatureScheme.github({ require: [Requirement.claim('iss', 'a')] })],
  ["'require' must be a name of 1 to 64 letters, digits and _ . : / -, got 'a b'; write it as the sender does",
    SignatureScheme.qstash({ require: [Requirement.claim('a b', 'c')] })],
  ["'webhookId' must be printable ASCII of 1 to 512 characters, got ''; write it as the sender does", SignatureScheme.paypal({ webhookId: '' })],
  ["'topicArns' must have from 1 to 256 entries, got 0; name what the sender does", SignatureScheme.awsSns({ topicArns: [] })],
  ["'topicArns' must be ARNs of topics, got 'orders'; use topic.topicArn", SignatureScheme.awsSns({ topicArns: ['orders'] })],
  ["'scheme' must have at most 2560 bytes of JSON, got 2886; use several receivers",
    SignatureScheme.awsSns({ topicArns: Array.from({ length: 60 }, () => TOPIC) })],
])('refuses: %s', (message, scheme) => {
  expect(() => bound(scheme)).toThrow(`[Stack] ${message}`);
});

test('values that deployment alone knows pass', () => {
  const stack = new Stack(new App(), 'Stack');
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
  const resolved = (scheme: webhooks.SignatureScheme) => stack.resolve(scheme._bind(stack).document) as object;

  expect(resolved(SignatureScheme.paypal({ webhookId: text, tolerance: Duration.seconds(number), maxBody: Size.bytes(number) }))).toEqual({
    preset: 'paypal', toleranceSeconds: { Ref: 'Number' }, maxBodyBytes: { Ref: 'Number' }, settings: { webhookId: { Ref: 'Text' } },
  });
  const topic = new sns.Topic(stack, 'Topic');
  expect(resolved(SignatureScheme.awsSns({ topicArns: [topic.topicArn] }))).toEqual({
    preset: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: [{ Ref: expect.stringMatching(/^Topic/) }] }],
  });
  expect(resolved(SignatureScheme.awsSns({ topicArns: list }))).toEqual({
    preset: 'aws-sns', require: [{ pointer: '/TopicArn', oneOf: { Ref: 'List' } }],
  });
  expect(resolved(SignatureScheme.github({ require: [Requirement.header(text, Aws.ACCOUNT_ID)] }))).toEqual({
    preset: 'github', require: [{ header: { Ref: 'Text' }, oneOf: [{ Ref: 'AWS::AccountId' }] }],
  });
});

test.each([
  ['okta', SignatureScheme.okta(WAIVER)],
  ['a static secret', SignatureScheme.staticSecretInsecure(WAIVER, { header: 'X-Token', prefix: 'Bearer ' })],
])('%s records who answers for it', (_, scheme) => {
  const stack = new Stack(new App(), 'Stack');
  scheme._bind(stack);
  const [{ data }] = stack.node.metadata.filter(({ type }) => type === WAIVER_METADATA);
  expect(data).toMatchObject({ control: 'WEBHOOK-SIGNATURE', finding: 'StaticSecret', owner: 'edi-team', expires: '2027-06-30' });
});
