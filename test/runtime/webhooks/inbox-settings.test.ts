import { parseDispatcherSettings } from '../../../src/runtime/webhooks/dispatch-settings';
import { parseReceiverSettings } from '../../../src/runtime/webhooks/receive-settings';
import { parseRejudgeSettings } from '../../../src/runtime/webhooks/rejudge-settings';
import { targetOf } from '../../../src/runtime/webhooks/targets/targets';

const RECEIVER = {
  SCHEME: '{"preset":"github"}',
  PUBLIC_URL: 'https://hooks.example.com/github',
  ENDPOINT: 'github',
  SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:github-AbCdEf',
  OVERLAP_SECONDS: '86400',
  TABLE_NAME: 'inbox',
  BODY_BUCKET: 'bodies-of-webhooks',
  HEADERS: '["content-type","x-github-event"]',
};

const DISPATCHER = {
  TABLE_NAME: 'inbox', BODY_BUCKET: 'bodies-of-webhooks', TARGET_ARN: 'arn:aws:events:eu-west-1:111122223333:event-bus/orders', TIMEOUT_SECONDS: '60', MAX_ATTEMPTS: '12',
};

describe('of a receiver', () => {
  test('are read', () => {
    expect(parseReceiverSettings(RECEIVER)).toMatchObject({
      publicUrl: RECEIVER.PUBLIC_URL,
      endpoint: 'github',
      stored: { secretArn: RECEIVER.SECRET_ARN, overlapMilliseconds: 86_400_000 },
      keepsUnverified: false,
      tableName: 'inbox',
      bodyBucket: 'bodies-of-webhooks',
      headers: ['content-type', 'x-github-event'],
      retention: { keepSeconds: 400 * 86_400, isTombstone: true },
    });
    expect(parseReceiverSettings({ ...RECEIVER, KEEP_SECONDS: '604800' }).retention.keepSeconds).toBe(604_800);
    expect(parseReceiverSettings({ ...RECEIVER, MAX_KEY_AGE_SECONDS: '86400' }).stored?.maxAgeMilliseconds).toBe(86_400_000);
    const { sources } = parseReceiverSettings({ ...RECEIVER, SOURCE_CIDRS: '["192.0.2.0/24","2001:db8::/32"]' });
    expect(sources).toEqual([{ address: '192.0.2.0', prefixLength: 24, family: 'ipv4' }, { address: '2001:db8::', prefixLength: 32, family: 'ipv6' }]);
  });

  test.each<Record<string, string>>([
    { SCHEME: '' }, { PUBLIC_URL: 'http://hooks.example.com/' }, { PUBLIC_URL: 'https://' }, { ENDPOINT: 'a#b' }, { ENDPOINT: 'unverified' }, { KEEP_UNVERIFIED: 'false' },
    { SECRET_ARN: 'github' }, { OVERLAP_SECONDS: '-1' }, { OVERLAP_SECONDS: '1e9' }, { TABLE_NAME: '' }, { BODY_BUCKET: 'A' }, { HEADERS: '' },
    { HEADERS: '{}' }, { HEADERS: '["Content-Type"]' }, { HEADERS: '["authorization"]' }, { HEADERS: '["x-hub-signature-256"]' }, { KEEP_SECONDS: '86400' },
    { MAX_KEY_AGE_SECONDS: '60' }, { SOURCE_CIDRS: '' }, { SOURCE_CIDRS: '[]' }, { SOURCE_CIDRS: '[1]' }, { SOURCE_CIDRS: '["192.0.2.0/33"]' },
  ])('are refused, naming the variable: %j', (wrong) => {
    expect(() => parseReceiverSettings({ ...RECEIVER, ...wrong })).toThrow(Object.keys(wrong)[0]);
  });

  test('name no secret if the sender names certificates', () => {
    const [SCHEME, stored] = ['{"preset":"aws-sns"}', { SECRET_ARN: undefined, OVERLAP_SECONDS: undefined }];
    expect(parseReceiverSettings({ ...RECEIVER, SCHEME, ...stored }).stored).toBeUndefined();
    for (const [name, value] of Object.entries({ SECRET_ARN: RECEIVER.SECRET_ARN, OVERLAP_SECONDS: '0', MAX_KEY_AGE_SECONDS: '86400' })) {
      expect(() => parseReceiverSettings({ ...RECEIVER, SCHEME, ...stored, [name]: value })).toThrow(`${name} must not be set`);
    }
  });

  test('say whether requests are kept that cannot be judged, and how long those may be judged at a time', () => {
    expect(parseReceiverSettings({ ...RECEIVER, KEEP_UNVERIFIED: 'true' }).keepsUnverified).toBe(true);
    expect(parseRejudgeSettings({ ...RECEIVER, TIMEOUT_SECONDS: '300' })).toMatchObject({ endpoint: 'github', budgetMilliseconds: 150_000 });
    expect(() => parseRejudgeSettings({ ...RECEIVER, TIMEOUT_SECONDS: '5' })).toThrow('TIMEOUT_SECONDS');
  });

  test('are refused if they hand on the password', () => {
    const scheme = { type: 'static', key: 'utf8', header: 'x-password' };
    expect(() => parseReceiverSettings({ ...RECEIVER, SCHEME: JSON.stringify(scheme), HEADERS: '["x-password"]' })).toThrow('HEADERS must not have');
    expect(parseReceiverSettings({ ...RECEIVER, SCHEME: JSON.stringify(scheme), HEADERS: '[]' }).headers).toEqual([]);
  });

  test('are refused if nothing is set', () => {
    for (const name of Object.keys(RECEIVER)) expect(() => parseReceiverSettings({ ...RECEIVER, [name]: undefined })).toThrow(name);
  });
});

describe('of dispatch', () => {
  test('are read, with a lease that outlives the function', () => {
    expect(parseDispatcherSettings(DISPATCHER)).toEqual({
      tableName: 'inbox',
      bucket: 'bodies-of-webhooks',
      targetArn: { service: 'events', arn: DISPATCHER.TARGET_ARN },
      leaseMilliseconds: 70_000,
      budgetMilliseconds: 30_000,
      maxAttempts: 12,
    });
  });

  test.each<Record<string, string>>([{ TARGET_ARN: '' }, { TARGET_ARN: 'arn:aws:s3:::b' }, { TIMEOUT_SECONDS: '901' }, { MAX_ATTEMPTS: '0' }, { TABLE_NAME: 'a' }])(
    'are refused, naming the variable: %j', (wrong) => {
      expect(() => parseDispatcherSettings({ ...DISPATCHER, ...wrong })).toThrow(Object.keys(wrong)[0]);
    },
  );

  test('are refused if nothing is set', () => {
    for (const name of Object.keys(DISPATCHER)) expect(() => parseDispatcherSettings({ ...DISPATCHER, [name]: undefined })).toThrow(name);
  });

  test.each([
    'arn:aws:events:eu-west-1:111122223333:event-bus/orders', 'arn:aws:lambda:eu-west-1:111122223333:function:orders:live',
    'arn:aws:sqs:eu-west-1:111122223333:orders.fifo', 'arn:aws:states:eu-west-1:111122223333:stateMachine:orders',
  ])('name a target: %s', (arn) => {
    expect(targetOf(parseDispatcherSettings({ ...DISPATCHER, TARGET_ARN: arn }).targetArn).publish).toBeInstanceOf(Function);
  });
});
