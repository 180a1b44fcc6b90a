import { explore } from './explore';
import { MACHINE } from './machine';
import { mutantOf } from './mutant';
import { SEARCHES } from './searches';
import { Mutation } from '../../mutant';

jest.setTimeout(120_000);

const [FAULTLESS, OVERLAPPING, FAULTY, LARGE] = SEARCHES.map(({ bounds }) => bounds);
const ONE_FAULT = { ...FAULTY, faults: 1 };
const LARGE_ONE_FAULT = { ...LARGE, faults: 1 };

/** A fault that some inbox has, a search that reaches it, and what the search says. */
interface Mutant extends Mutation { readonly bounds: typeof FAULTY; readonly lost?: RegExp; readonly duplicated?: RegExp }

const MUTANTS: Record<string, Mutant> = {
  'puts without a condition': {
    file: 'inbox',
    from: "ConditionExpression: 'attribute_not_exists(id)',",
    to: '',
    bounds: { ...FAULTLESS, bodies: FAULTLESS.bodies.slice(0, 2) },
    duplicated: /published more than 1 times/,
  },
  'puts without a condition, and a collision takes the place of the event': {
    file: 'inbox',
    from: "ConditionExpression: 'attribute_not_exists(id)',",
    to: '',
    bounds: { ...FAULTLESS, bodies: FAULTLESS.bodies.slice(1) },
    lost: /was acknowledged/,
  },
  'answers 200 before the put': {
    file: 'receive',
    from: 'const { id, outcome } = await ports.inbox.accept({ delivery, verdict, receivedAt });',
    to: "void ports.inbox.accept({ delivery, verdict, receivedAt }).catch(() => undefined); const [id, outcome] = ['', 'stored'];",
    bounds: FAULTLESS,
    lost: /was acknowledged/,
  },
  'answers 200 though the put failed': {
    file: 'inbox',
    from: "if (nameOf(error) !== 'ConditionalCheckFailedException' || !present) throw error;\n      return present;",
    to: 'return present;',
    bounds: ONE_FAULT,
    lost: /was acknowledged/,
  },
  'takes a collision for a duplicate': {
    file: 'inbox',
    from: 'if (present.bodySha256?.S === bodySha256) return',
    to: 'if (present) return',
    bounds: FAULTLESS,
    lost: /was acknowledged/,
  },
  'marks before it publishes': {
    file: 'dispatch',
    from: 'await target.publish(',
    to: 'await claims.markDispatched(claim); await target.publish(',
    bounds: ONE_FAULT,
    lost: /was acknowledged/,
  },
  'dispatches without a lease': {
    file: 'claims',
    from: ' AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)',
    to: '',
    bounds: FAULTLESS,
    duplicated: /published more than 1 times/,
  },
  'dispatches whatever was dispatched': {
    file: 'claims',
    from: "'attribute_exists(id) AND #state = :received'",
    to: "'attribute_exists(id)'",
    bounds: FAULTLESS,
    duplicated: /published more than 1 times/,
  },
  'points to an object before it is there': {
    file: 'inbox',
    from: '{ bodyAt: await this.options.bodies.put(this.options.endpoint, bodySha256, body) }',
    to: '{ bodyAt: (void this.options.bodies.put(this.options.endpoint, bodySha256, body).catch(() => undefined), `orders/${bodySha256}`) }',
    bounds: LARGE_ONE_FAULT,
    lost: /was acknowledged/,
  },
  'has no index entry for what was received': {
    file: 'inbox-record',
    from: 'queue: { S: state',
    to: 'noQueue: { S: state',
    bounds: FAULTLESS,
    lost: /never dispatched/,
  },
  'takes dead events from the index': {
    file: 'claims',
    from: 'expires = keepUntil REMOVE leaseUntil',
    to: 'expires = keepUntil REMOVE leaseUntil, dueAt',
    bounds: OVERLAPPING,
    lost: /never dispatched/,
  },
};

test.each(Object.entries(MUTANTS))('the search finds an inbox that %s', async (_name, { bounds, lost, duplicated, ...mutation }) => {
  const found = await explore(mutantOf(mutation), bounds);
  if (lost) expect(found.lost).toMatch(lost);
  if (duplicated) expect(found.duplicated).toMatch(duplicated);
});

test('the search finds nothing in the inbox as it is, loaded in the same way', async () => {
  const same = mutantOf({ file: 'inbox', from: 'MAX_INLINE_BYTES = 64 * 1024', to: 'MAX_INLINE_BYTES = 65536' });
  const found = await explore(same, ONE_FAULT);
  expect(found).toEqual(await explore(MACHINE, ONE_FAULT));
  expect([found.lost, found.duplicated]).toEqual([undefined, undefined]);
  expect(found.schedules).toBeGreaterThan(1_000_000n);
});
