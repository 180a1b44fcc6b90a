import { createHmac } from 'node:crypto';
import { delivery, edKey, hmac, ISO, NOW, sampleOf, SECRET, secretKey, snsBody, TOPIC } from './senders';
import { Delivery } from '../../../src/runtime/webhooks/delivery';
import { answerHandshake } from '../../../src/runtime/webhooks/handshakes';
import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { Refused } from '../../../src/runtime/webhooks/verdict';
import { verify } from '../../../src/runtime/webhooks/verify';

const respond = (contentType: string, body: string) => ({ do: 'respond', status: 200, contentType, body });
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

function versioned(prefix: string, body: Buffer): Delivery {
  const names = prefix === 'zoom' ? ['x-zm-request-timestamp', 'x-zm-signature'] : ['x-slack-request-timestamp', 'x-slack-signature'];
  return delivery({ [names[0]]: `${NOW}`, [names[1]]: `v0=${hmac('sha256', 'hex', `v0:${NOW}:`, body)}` }, body);
}

describe('Zoom', () => {
  const { scheme } = sampleOf('zoom');
  const ask = (plainToken: unknown, event = 'endpoint.url_validation') => {
    const sent = versioned('zoom', json({ event, payload: { plainToken } }));
    return answerHandshake(scheme, sent, verify(sent, scheme, [secretKey()], NOW), [secretKey()]);
  };

  test('is answered by the token and its HMAC', () => {
    const encryptedToken = createHmac('sha256', SECRET).update('qgg8vlvZRS6UYooatFL8Aw').digest('hex');
    expect(ask('qgg8vlvZRS6UYooatFL8Aw')).toEqual(respond('application/json', JSON.stringify({ plainToken: 'qgg8vlvZRS6UYooatFL8Aw', encryptedToken })));
  });

  test('is answered with the key that verified it', () => {
    const sent = versioned('zoom', json({ event: 'endpoint.url_validation', payload: { plainToken: 'a' } }));
    const keys = [secretKey('another secret, long enough'), secretKey()];
    expect(answerHandshake(scheme, sent, verify(sent, scheme, keys, NOW), keys)).toMatchObject({ body: expect.stringContaining(hmac('sha256', 'hex', 'a')) });
  });

  test('is not made to sign an event, nor anything that is no token', () => {
    for (const token of [`v0:${NOW}:{}`, 'a:b', '<b>', 'a\n', '', 1, null, 'x'.repeat(257)]) expect(ask(token)).toBeUndefined();
  });

  test('is no event', () => {
    expect(ask('a', 'meeting.started')).toBeUndefined();
  });

  test('is not answered for anyone who asks', () => {
    const sent = versioned('zoom', json({ event: 'endpoint.url_validation', payload: { plainToken: 'a' } }));
    expect(answerHandshake(scheme, sent, new Refused('forged'), [secretKey()])).toBeUndefined();
    expect(answerHandshake(scheme, sent, verify(sent, scheme, [secretKey()], NOW), [edKey()])).toBeUndefined();
  });
});

describe('Slack', () => {
  const { scheme } = sampleOf('slack');
  const ask = (value: unknown) => {
    const sent = versioned('slack', json(value));
    return answerHandshake(scheme, sent, verify(sent, scheme, [secretKey()], NOW), [secretKey()]);
  };

  test('is answered by its challenge', () => {
    expect(ask({ type: 'url_verification', challenge: '3eZbrw1aB' })).toEqual(respond('text/plain', '3eZbrw1aB'));
  });

  test('is not made to say anything else', () => {
    for (const value of [{ type: 'url_verification', challenge: '<script>' }, { type: 'url_verification' }, { type: 'event_callback', challenge: 'a' }, 'x']) {
      expect(ask(value)).toBeUndefined();
    }
  });
});

describe('37: Okta', () => {
  const { scheme } = sampleOf('okta');
  const ask = (headers: Readonly<Record<string, string>>, method = 'GET', body = Buffer.alloc(0)) =>
    answerHandshake(scheme, delivery(headers, body, undefined, method), new Refused('missing-header'), []);

  test('is answered before there is anything to verify', () => {
    expect(ask({ 'X-Okta-Verification-Challenge': 'abc_1' })).toEqual(respond('application/json', '{"verification":"abc_1"}'));
  });

  test('is a GET without body, with one challenge', () => {
    expect(ask({ 'X-Okta-Verification-Challenge': 'abc' }, 'POST')).toBeUndefined();
    expect(ask({ 'X-Okta-Verification-Challenge': 'abc' }, 'GET', Buffer.from('x'))).toBeUndefined();
    expect(ask({})).toBeUndefined();
    expect(ask({ 'X-Okta-Verification-Challenge': '<b>' })).toBeUndefined();
    expect(ask({ 'X-Okta-Verification-Challenge': 'a', 'x-okta-verification-challenge': 'b' })).toBeUndefined();
  });
});

describe('50: SNS', () => {
  const { scheme, keys } = sampleOf('aws-sns');
  const url = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`;
  const message = (SubscribeURL: string, TopicArn = TOPIC, Type = 'SubscriptionConfirmation') => delivery({}, snsBody({
    Message: 'm', MessageId: 'evt_1', SubscribeURL, Timestamp: ISO, Token: '2336412f37', TopicArn, Type,
  }));
  const ask = (sent: Delivery, by = scheme) => answerHandshake(by, sent, verify(sent, by, keys, NOW), keys);

  test('is confirmed at its own address', () => {
    expect(ask(message(url))).toEqual({ do: 'confirm', url });
  });

  test('is not confirmed elsewhere, for another topic, or when it ends', () => {
    for (const other of [url.replace('https', 'http'), url.replace('amazonaws.com', 'evil.example'), url.replace(TOPIC, `${TOPIC}2`), `${url}&TopicArn=x`, `${url}#`,
      url.replace('Confirm', 'Un'), url.replace('sns.eu-west-1', 'sns.bucket'), url.replace('https://', 'https://a@')]) {
      expect(ask(message(other))).toBeUndefined();
    }
    expect(ask(message(url, undefined, 'UnsubscribeConfirmation'))).toBeUndefined();
    expect(ask(message(url.replace(TOPIC, `${TOPIC}2`), `${TOPIC}2`))).toBeUndefined();
    expect(ask(sampleOf('aws-sns').delivery)).toBeUndefined();
    expect(ask(message(url.replace(TOPIC, '%ff')))).toBeUndefined();
  });

  test('is not confirmed by a scheme that allows any topic', () => {
    expect(ask(message(url), parseScheme({ preset: 'aws-sns' }))).toBeUndefined();
  });
});

describe('Discord', () => {
  const { scheme } = sampleOf('discord');
  const genuine = { outcome: 'genuine', dedupeKey: 'id:1', key: { index: 0 }, integrity: 'body' } as const;
  const ask = (value: unknown) => answerHandshake(scheme, delivery({}, json(value)), genuine, []);

  test('has its PINGs answered', () => {
    expect(ask({ type: 1 })).toEqual(respond('application/json', '{"type":1}'));
    expect(ask({ type: 0 })).toMatchObject({ do: 'respond', status: 204 });
    expect(ask({ type: 2 })).toBeUndefined();
    expect(ask({ type: 1, event: { type: 'APPLICATION_AUTHORIZED' } })).toBeUndefined();
  });
});

test('a scheme without handshake has none', () => {
  const { scheme, delivery: sent, keys } = sampleOf('github');
  expect(answerHandshake(scheme, sent, verify(sent, scheme, keys, NOW), keys)).toBeUndefined();
});
