import { App, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { consumerVariable, ConsumerSettings, settingsText } from '../../src/api/private/consumer-settings';
import { tryParseConsumer } from '../../src/runtime/api/consumer';
import { tryKeyConsumer } from '../../src/runtime/api/consumers';

const stack = new Stack(new App(), 'Stack');
const word = fc.stringMatching(/^[A-Za-z0-9\-._~:/?#=]{1,20}$/);
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);
const holder = fc.stringMatching(/^[0-9a-f]{10}$/);
const cidr = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.ipV6().filter((address) => !address.includes('%')), fc.integer({ min: 1, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
);
const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const limits = {
  cidrs: fc.option(fc.array(cidr, { minLength: 1, maxLength: 4 }), { nil: undefined }),
  expires: fc.option(day, { nil: undefined }),
  suspended: fc.boolean(),
};
const scopes = fc.array(word, { minLength: 1, maxLength: 4 });

/** What the handler reads of a consumer, as far as it can be compared. */
function read(text: string) {
  const consumer = tryParseConsumer(text)!;
  return {
    name: consumer.name,
    suspended: consumer.suspended,
    scopes: consumer.scopes,
    cidrs: consumer.networks?.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
    expires: consumer.endsAt === undefined ? undefined : new Date(consumer.endsAt).toISOString(),
    identity: 'holder' in consumer ? [['holder', consumer.holder]] : [['issuer', consumer.issuer], ['client', consumer.client]],
  };
}

function expectRead(settings: ConsumerSettings): void {
  expect(read(settingsText(stack, settings))).toEqual({ ...settings, expires: settings.expires && `${settings.expires}T00:00:00.000Z` });
}

describe('the handler reads what the stage is told', () => {
  test('of a consumer with bearer keys', () => {
    fc.assert(fc.property(fc.record({ name, scopes, ...limits }), holder, (settings, id) => expectRead({ ...settings, identity: [['holder', id]] })));
  });

  test('of a client', () => {
    const settings = fc.record({ name, scopes: fc.option(scopes, { nil: undefined }), ...limits });
    fc.assert(fc.property(settings, word, (each, client) => expectRead({ ...each, identity: [['issuer', 'https://login.example.com/?a=b'], ['client', client]] })));
  });

  test('under a name that it looks at', () => {
    const text = settingsText(stack, { name: 'acme', identity: [['holder', '0a1b2c3d4e']], scopes: ['a'], suspended: false });
    expect(consumerVariable('acme')).toMatch(/^consumer_[0-9a-f]{16}$/);
    expect(tryKeyConsumer({ [consumerVariable('acme')]: text }, '0a1b2c3d4e')?.name).toBe('acme');
  });
});
