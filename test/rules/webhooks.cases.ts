import { ControlCase, Template } from './control-case';

const PARAMETER = { Ref: 'Parameter' };
const SECRET = { Ref: 'Secret' };
const DAYS = 24 * 60 * 60;

const receiver = (scheme: unknown, variables: object = {}): Template => ({
  Parameters: { Parameter: { Type: 'String' } },
  Resources: {
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Receiver: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Environment: {
          Variables: {
            ENDPOINT: 'partner',
            PUBLIC_URL: 'https://hooks.example.com/partner',
            SECRET_ARN: SECRET,
            SCHEME: typeof scheme === 'string' || scheme === PARAMETER ? scheme : JSON.stringify(scheme),
            ...variables,
          },
        },
      },
    },
  },
});
const joined = (...parts: unknown[]): object => ({ 'Fn::Join': ['', parts] });
const within = (scheme: unknown): Template => {
  const template = receiver({ preset: 'stripe' });
  template.Resources.Receiver.Properties.Environment.Variables.SCHEME = scheme;
  return template;
};
const untold = (Environment: unknown): Template => ({
  Parameters: { Parameter: { Type: 'String' } }, Resources: { Receiver: { Type: 'AWS::Lambda::Function', Properties: { Environment } } },
});
const variables = (template: Template): Record<string, unknown> => template.Resources.Receiver.Properties.Environment.Variables;

const DETACHED = { type: 'detached', key: 'utf8', content: ['timestamp', { literal: '.' }, 'body'], timestamp: { header: 'x-time', unit: 's', toleranceSeconds: 300 } };
const MESSAGE = { type: 'http-message', components: ['@method', 'content-digest'], toleranceSeconds: 300 };
const JWT = { type: 'jwt', bodyHash: { claim: 'request_body_sha256', encoding: 'hex' }, toleranceSeconds: 60 };
const UNTIMED = { type: 'detached', content: ['body'] };
const STATIC = { type: 'static', key: 'utf8', header: 'x-token' };
const CERTIFICATE = { ...DETACHED, certificate: { header: 'x-cert', url: '^https://example.com/a$' } };

export const WEBHOOK_CASES: readonly ControlCase[] = [
  {
    control: 'WEBHOOK-REPLAY',
    passing: {
      'a signed time within five minutes': receiver(DETACHED),
      'a preset': receiver({ preset: 'stripe' }),
      'a preset with a shorter tolerance': receiver({ preset: 'stripe', toleranceSeconds: 60 }),
      'a sender that repeats with the first time': receiver({ preset: 'paypal' }),
      'a message signature': receiver(MESSAGE),
      'a token': receiver(JWT),
      'no signed time, remembered by default': receiver({ preset: 'github' }),
      'no signed time, remembered for as long as a key lives': receiver(UNTIMED, { KEEP_SECONDS: String(90 * DAYS) }),
      'a signed time, remembered for a week': receiver(DETACHED, { KEEP_SECONDS: String(7 * DAYS) }),
    },
    failing: [
      { finding: 'LongTolerance', template: receiver({ ...DETACHED, timestamp: { ...DETACHED.timestamp, toleranceSeconds: 301 } }) },
      { finding: 'LongTolerance', template: receiver({ preset: 'linear', toleranceSeconds: 3600 }) },
      { finding: 'LongTolerance', template: receiver({ preset: 'box', toleranceSeconds: 601 }) },
      { finding: 'LongTolerance', template: receiver({ ...JWT, toleranceSeconds: 900 }) },
      { finding: 'ShortMemory', template: receiver({ preset: 'github' }, { KEEP_SECONDS: String(90 * DAYS - 1) }) },
      { finding: 'ShortMemory', template: receiver(UNTIMED, { KEEP_SECONDS: '259200' }) },
      { finding: 'ShortMemory', template: receiver(STATIC, { KEEP_SECONDS: '259200' }) },
      { finding: 'UnresolvedScheme', template: receiver(PARAMETER) },
      { finding: 'UnresolvedEnvironment', template: untold({ Variables: PARAMETER }) },
      { finding: 'UnresolvedEnvironment', template: untold({ Variables: { 'Fn::Transform': { Name: 'Macro' } } }) },
      { finding: 'UnresolvedEnvironment', template: untold(PARAMETER) },
      { finding: 'UnresolvedScheme', template: receiver({ preset: 'unheard-of' }) },
      { finding: 'UnresolvedScheme', template: receiver({ type: 'other' }) },
      { finding: 'UnresolvedScheme', template: receiver({ ...MESSAGE, toleranceSeconds: 'long' }) },
      { finding: 'UnresolvedScheme', template: within(joined('{"preset":"stripe","toleranceSeconds":"', PARAMETER, '"}')) },
      { finding: 'UnresolvedScheme', template: within(joined('{"type":"detached","content":["body"],"timestamp":"', PARAMETER, '"}')) },
      { finding: 'UnresolvedRetention', template: receiver(UNTIMED, { KEEP_SECONDS: PARAMETER }) },
    ],
    mutations: [
      { name: 'a day of tolerance', finding: 'LongTolerance', mutate: (t) => { variables(t).SCHEME = JSON.stringify({ preset: 'stripe', toleranceSeconds: DAYS }); } },
      { name: 'no time, forgotten in a month', finding: 'ShortMemory', mutate: (t) => Object.assign(variables(t), { SCHEME: '{"preset":"github"}', KEEP_SECONDS: '2592000' }) },
    ],
  },
  {
    control: 'WEBHOOK-SIGNATURE',
    passing: {
      'a preset': receiver({ preset: 'stripe' }),
      'a detached signature': receiver(DETACHED),
      'a message signature': receiver(MESSAGE),
      'a token with a hash of the body': receiver(JWT),
      'a message signature of chosen parts': receiver({ preset: 'rfc9421', components: ['content-digest'] }),
      'a certificate': receiver(CERTIFICATE, { SECRET_ARN: undefined }),
      'a preset with a certificate': receiver({ preset: 'aws-sns' }, { SECRET_ARN: undefined }),
      'a setting that only deployment tells': within(joined('{"preset":"paypal","settings":{"webhookId":"', PARAMETER, '"}}')),
    },
    failing: [
      { finding: 'StaticSecret', template: receiver(STATIC) },
      { finding: 'StaticSecret', template: receiver({ preset: 'okta' }) },
      { finding: 'BodyNotSigned', template: receiver({ ...DETACHED, content: ['timestamp', 'url'] }) },
      { finding: 'BodyNotSigned', template: receiver({ ...DETACHED, content: undefined }) },
      { finding: 'BodyNotSigned', template: receiver({ ...MESSAGE, components: ['@method'] }) },
      { finding: 'BodyNotSigned', template: receiver({ preset: 'rfc9421', components: ['@method'] }) },
      { finding: 'BodyNotSigned', template: receiver({ ...JWT, bodyHash: undefined }) },
      { finding: 'NoKeys', template: receiver({ preset: 'stripe' }, { SECRET_ARN: undefined }) },
      { finding: 'NoKeys', template: receiver(DETACHED, { SECRET_ARN: '' }) },
      { finding: 'UnresolvedScheme', template: receiver(DETACHED, { SECRET_ARN: PARAMETER }) },
      { finding: 'UnresolvedScheme', template: receiver({ preset: 'stripe' }, { SECRET_ARN: joined(PARAMETER, ':secret:hooks') }) },
      { finding: 'UnresolvedScheme', template: receiver(PARAMETER) },
      { finding: 'UnresolvedEnvironment', template: untold({ Variables: PARAMETER }) },
      { finding: 'UnresolvedEnvironment', template: untold({ Variables: { 'Fn::Transform': { Name: 'Macro' } } }) },
      { finding: 'UnresolvedEnvironment', template: untold(PARAMETER) },
      { finding: 'UnresolvedScheme', template: receiver('{"preset":') },
      { finding: 'UnresolvedScheme', template: receiver('"stripe"') },
      { finding: 'UnresolvedScheme', template: receiver({ preset: 'unheard-of' }) },
      { finding: 'UnresolvedScheme', template: receiver({ type: 'other' }) },
      { finding: 'UnresolvedScheme', template: within(joined('{"preset":"', PARAMETER, '"}')) },
      { finding: 'UnresolvedScheme', template: within(joined('{"type":"detached","content":"', PARAMETER, '"}')) },
      { finding: 'UnresolvedScheme', template: within(joined('{"type":"http-message","components":["', PARAMETER, '"]}')) },
      { finding: 'UnresolvedScheme', template: within(joined('{"type":"jwt","bodyHash":{"claim":"', PARAMETER, '"}}')) },
    ],
    mutations: [
      { name: 'a password instead', finding: 'StaticSecret', mutate: (t) => { variables(t).SCHEME = JSON.stringify(STATIC); } },
      { name: 'no key', finding: 'NoKeys', mutate: (t) => delete variables(t).SECRET_ARN },
      { name: 'the body left out', finding: 'BodyNotSigned', mutate: (t) => { variables(t).SCHEME = JSON.stringify({ ...DETACHED, content: ['timestamp'] }); } },
    ],
  },
];
