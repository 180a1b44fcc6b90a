import { bodyBucket, list, matching, tableName, whole } from '../../../src/runtime/shared/environment';

const isText = (entry: unknown): entry is string => typeof entry === 'string';

test('variables are read as what they are', () => {
  const environment = { TABLE_NAME: 'orders', OTHER: 'more', BODY_BUCKET: 'bodies', COUNT: '10', NAMES: '["a","b"]', ID: 'x1' };
  expect([tableName(environment), tableName(environment, 'OTHER'), bodyBucket(environment)]).toEqual(['orders', 'more', 'bodies']);
  expect([whole(environment, 'COUNT', 1, 10), list(environment, 'NAMES', isText, 'texts'), matching(environment, 'ID', /^x\d$/, 'an x')]).toEqual([10, ['a', 'b'], 'x1']);
});

test.each<[string, () => unknown, string]>([
  ['a table without a name', () => tableName({}), 'TABLE_NAME must be the name of a table'],
  ['a bucket in capitals', () => bodyBucket({ BODY_BUCKET: 'Bodies' }), 'BODY_BUCKET must be the name of a bucket'],
  ['a number that is too small', () => whole({ N: '0' }, 'N', 1, 9), 'N must be a whole number from 1 to 9'],
  ['a number that is too large', () => whole({ N: '10' }, 'N', 1, 9), 'N must be a whole number from 1 to 9'],
  ['a number in another notation', () => whole({ N: '1e0' }, 'N', 1, 9), 'N must be a whole number from 1 to 9'],
  ['a list that is none', () => list({ L: '{}' }, 'L', isText, 'texts'), 'L must be a JSON array of texts'],
  ['a list with another entry', () => list({ L: '["a",1]' }, 'L', isText, 'texts'), 'L must be a JSON array of texts'],
  ['a list that is no JSON', () => list({ L: 'CANARY' }, 'L', isText, 'texts'), 'L must be a JSON array of texts'],
  ['text of another form', () => matching({ ID: 'CANARY' }, 'ID', /^x$/, 'an x'), 'ID must be an x'],
])('%s is refused, by the name of the variable', (_, read, message) => {
  expect(read).toThrow(new Error(message));
});
