import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { reviewCloud } from './review-cloud';
import { WarmBundle, WarmBundles } from './warm-bundles';
import { DAY, DigestCloud, Fault } from '../runtime/audit/digest-cloud';
import { ENVIRONMENT } from '../runtime/audit/digest-environment';
import { ALICE, BOB, HOUR, MINUTE, QUESTIONS, START } from '../runtime/audit/digest-world';

jest.setTimeout(30_000);

const FILE = join(__dirname, '../../assets/audit/digest/index.js');
const REPORTS = 'access-reviews/Daily/reports';

const bundles = new WarmBundles();
let bundle: WarmBundle;
let cloud: DigestCloud;

async function start(faults?: ReadonlyMap<number, Fault>): Promise<void> {
  const environment = { ...ENVIRONMENT, QUESTIONS: '[]', OWN_QUESTIONS: JSON.stringify(QUESTIONS), TEST_REMAINING_MILLISECONDS: '900000' };
  bundle = await bundles.take(FILE, environment, ['clock.cjs']);
  cloud = new DigestCloud(START, QUESTIONS, faults);
  bundle.answer = reviewCloud(cloud);
}

function at(time: number): Promise<unknown> {
  cloud.now = time;
  cloud.revive();
  bundle.setTime(time);
  return bundle.invoke({ task: 'review' });
}

const outcomes = () => [...bundle.lines.join('\n').matchAll(/"outcome":"([^"]+)"/g)].map(([, outcome]) => outcome);
const reportOf = (stamp: string) => cloud.objects.get(`${REPORTS}/${stamp}.json`)!.body.toString();

afterEach(() => bundles.giveBack());
afterAll(() => bundles.stop());

test('digests each day once, also those on which nothing ran, and has each acknowledged by another than its subject', async () => {
  await start();
  cloud.happened.push({ question: 'tampering', at: START - 9 * HOUR, arrived: START - 8 * HOUR, who: ALICE });
  cloud.happened.push({ question: 'readers', at: START - HOUR, arrived: START + HOUR, who: BOB });
  await at(START);
  await at(START);
  cloud.center.resolve('oi-000000000001', ALICE);
  await at(START + HOUR);
  await at(START + 2 * DAY);
  cloud.center.items.forEach(({ OpsItemId }) => cloud.center.resolve(OpsItemId, BOB));
  await at(START + 2 * DAY + HOUR);
  expect([...cloud.objects.keys()].filter((key) => key.startsWith(REPORTS))).toHaveLength(6);
  expect([...cloud.objects.keys()].filter((key) => key.includes('/acknowledgements/'))).toHaveLength(3);
  expect(JSON.parse(reportOf('20261123T000000Z'))).toMatchObject({ findings: 1, subjects: [ALICE] });
  expect(JSON.parse(reportOf('20261124T000000Z'))).toMatchObject({
    previous: { key: `${REPORTS}/20261123T000000Z.json`, sha256: createHash('sha256').update(reportOf('20261123T000000Z')).digest('hex') },
    answers: [{ rows: [] }, { rows: [{ 'userIdentity.arn': BOB, 'events': '1' }] }, { rows: [] }],
  });
  expect(outcomes()).toEqual([
    'digested', 'reviewed', 'reviewed', 'not-counted', 'reviewed', 'digested', 'digested', 'reviewed', 'acknowledged', 'acknowledged', 'acknowledged', 'reviewed',
  ]);
});

// The SDK tries again what fails at the service, and meets what the first attempt did.
test.each<Fault>(['refused', 'lost'])('a call of which %s leaves neither a gap nor a double', async (fault) => {
  for (let call = 0; call < 14; call += 2) {
    await start(new Map([[call, fault]]));
    cloud.happened.push({ question: 'readers', at: START - HOUR, arrived: START - HOUR, who: BOB });
    await at(START).catch(() => undefined);
    await at(START + MINUTE);
    expect([call, [...cloud.objects.keys()].sort()]).toEqual([call, [`${REPORTS}/20261123T000000Z.json`, `${REPORTS}/20261123T000000Z.md`]]);
    expect(cloud.center.items).toHaveLength(1);
    expect(JSON.parse(reportOf('20261123T000000Z'))).toMatchObject({ answers: [{ rows: [] }, { rows: [{ events: '1' }] }, { rows: [] }] });
    await bundles.giveBack();
  }
});

test('a process that is killed leaves what the next makes up for', async () => {
  await start();
  const answer = reviewCloud(cloud);
  bundle.answer = (request) => {
    const answered = answer(request);
    if (request.method === 'PUT') bundle.kill();
    return answered;
  };
  await expect(at(START)).rejects.toThrow('the process has ended');
  expect(cloud.objects.size).toBe(1);
  await bundles.giveBack();
  const kept = cloud;
  await start();
  kept.objects.forEach((value, key) => cloud.objects.set(key, value));
  await at(START + MINUTE);
  expect([...cloud.objects.keys()]).toEqual([`${REPORTS}/20261123T000000Z.json`, `${REPORTS}/20261123T000000Z.md`]);
  expect(cloud.center.items).toHaveLength(1);
});

test('follows the chain, and says where it breaks', async () => {
  await start();
  await at(START);
  await at(START + DAY);
  await bundle.invoke({ task: 'verify' });
  expect(outcomes().at(-1)).toBe('verified');
  cloud.objects.set(`${REPORTS}/20261123T000000Z.json`, { body: Buffer.from(reportOf('20261123T000000Z').replace('Daily', 'Daily ')), type: 'application/json' });
  await expect(bundle.invoke({ task: 'verify' })).rejects.toThrow('verify failed: BrokenChain');
});

test('fails with a name alone where AWS refuses, and logs nothing of what it said', async () => {
  await start();
  bundle.answer = () => ({ status: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{"__type":"AccessDeniedException","message":"CANARY"}' });
  await expect(at(START)).rejects.toThrow(/^digest failed: \w+$/);
  expect(bundle.lines.join('\n')).not.toMatch(/CANARY|example-secret/);
});
