import { nameOf, unless } from '../../../src/runtime/shared/error-name';

const failing = (name: string) => Promise.reject(Object.assign(new Error('CANARY'), { name }));

test.each<[unknown, string]>([[new TypeError('CANARY'), 'TypeError'], [Object.assign(new Error(), { name: 'Throttled' }), 'Throttled'], ['CANARY', 'unknown']])(
  'an error is told by its name alone: %#', (error, name) => expect(nameOf(error)).toBe(name));

test('an answer that was expected is none; any other is thrown', async () => {
  expect(await unless('NotFound', Promise.resolve(1))).toBe(1);
  expect(await unless('NotFound', failing('NotFound'))).toBeUndefined();
  await expect(unless('NotFound', failing('AccessDenied'))).rejects.toMatchObject({ name: 'AccessDenied' });
});
