import { backSince, isRolledBack } from '../../../src/runtime/secrets/rollback';
import { SecretState } from '../../../src/runtime/secrets/secret-state';

/** A state by the labels of each version, and when it was made. */
const stateOf = (versions: Record<string, readonly [stages: string[], createdAt?: number]>) => new SecretState({
  rotationEnabled: true,
  changedAt: 0,
  stages: new Map(Object.entries(versions).map(([version, [stages]]) => [version, stages])),
  createdAt: new Map(Object.entries(versions).flatMap(([version, [, createdAt]]) => createdAt === undefined ? [] : [[version, createdAt]])),
});

test.each<[boolean, Record<string, readonly [string[], number?]>]>([
  [true, { a: [['AWSCURRENT'], 1], b: [['AWSPREVIOUS'], 2] }],
  [false, { a: [['AWSCURRENT'], 2], b: [['AWSPREVIOUS'], 1] }],
  [false, { a: [['AWSCURRENT'], 1] }],
  [false, { a: [['AWSCURRENT'], 1], b: [['AWSPREVIOUS']] }],
  [false, { b: [['AWSPREVIOUS'], 2] }],
])('a label was moved back: %p for %j', (expected, versions) => {
  expect(isRolledBack(stateOf(versions))).toBe(expected);
});

test.each([
  [Infinity, ['AWSCURRENT']], [7, ['AWSCURRENT', 'back-since:7']], [9, ['AWSCURRENT', 'back-since:7', 'back-since:9']],
  [Infinity, ['AWSCURRENT', 'back-since:7', 'back-since:soon']],
])('that was noticed at %p by the labels %j', (expected, stages) => {
  expect(backSince(stateOf({ a: [stages], b: [['AWSPREVIOUS', 'back-since:1']] }))).toBe(expected);
});

test('without a current version nothing was noticed', () => {
  expect(backSince(stateOf({ b: [['AWSPREVIOUS', 'back-since:1']] }))).toBe(Infinity);
});
