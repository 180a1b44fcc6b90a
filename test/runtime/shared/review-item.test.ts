import { REVIEW_SOURCE, ReviewItem, ReviewItems } from '../../../src/runtime/shared/review-item';
import { clientOf, OpsCenter, OWN_ROLE } from '../ops-center';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const ALICE = 'arn:aws:sts::111122223333:assumed-role/Operator/alice';
const BOB = 'arn:aws:sts::111122223333:assumed-role/Auditor/bob';

const ITEM: ReviewItem = { id: 'access-review/2026-11-24', title: 'Review', description: 'Look.', severity: '3', facts: { report: 'reviews/2026-11-24.json' } };

let center: OpsCenter;
let items: ReviewItems;

beforeEach(() => {
  center = new OpsCenter(() => NOW);
  items = new ReviewItems(clientOf(center));
});

describe('an item', () => {
  test('tells what it is of, and can be searched for', async () => {
    const id = await items.open(ITEM);
    expect(center.item(id)).toMatchObject({ Source: REVIEW_SOURCE, Category: 'Security', Severity: '3', Title: 'Review', Description: 'Look.', Status: 'Open' });
    expect(center.item(id).OperationalData).toEqual({
      '/aws/dedup': { Type: 'SearchableString', Value: '{"dedupString":"cdk-secure-integrations/access-review/2026-11-24"}' },
      'review-id': { Type: 'SearchableString', Value: 'access-review/2026-11-24' },
      'report': { Type: 'SearchableString', Value: 'reviews/2026-11-24.json' },
    });
  });

  test('loses the end of what is too long, and not the whole', async () => {
    const id = await items.open({ ...ITEM, title: 't'.repeat(2000), description: 'd'.repeat(3000), facts: { long: 'f'.repeat(30_000) } });
    const { Title, Description, OperationalData } = center.item(id);
    expect([Title.length, Description.length, OperationalData.long.Value.length]).toEqual([1024, 2048, 20_000]);
  });

  test.each([
    ['at once', () => undefined],
    ['where a search does not find it yet', () => { center.searchIsCurrent = false; }],
    ['where a search answers with an empty page first', () => { center.answersInPages = true; center.resolve('oi-000000000001', BOB); }],
    ['when it was resolved long ago', () => center.resolve('oi-000000000001', BOB)],
  ])('is opened once, however often that is asked: %s', async (_, meanwhile) => {
    const first = await items.open(ITEM);
    meanwhile();
    expect([await items.open(ITEM), center.items.length]).toEqual([first, 1]);
  });

  test('is not that of another review', async () => {
    const first = await items.open(ITEM);
    expect(await items.open({ ...ITEM, id: 'access-review/2026-11-25' })).not.toBe(first);
  });

  test('is not taken for one that somebody else made', async () => {
    center.items.push({
      OpsItemId: 'oi-decoy',
      Source: 'EC2',
      Title: '',
      Description: '',
      Severity: '4',
      Category: 'Cost',
      CreatedBy: ALICE,
      Status: 'Resolved',
      LastModifiedBy: BOB,
      LastModifiedTime: new Date(NOW),
      OperationalData: { 'review-id': { Type: 'SearchableString', Value: ITEM.id } },
    });
    expect(await items.open(ITEM)).not.toBe('oi-decoy');
  });
});

describe('a review', () => {
  let id: string;
  beforeEach(async () => { id = await items.open(ITEM); });

  test('is open until somebody resolves it', async () => {
    expect(await items.inspect(id, [])).toEqual({ state: 'open' });
    center.update(id, BOB, { Status: 'InProgress' });
    expect(await items.inspect(id, [])).toEqual({ state: 'open' });
  });

  test('is acknowledged by somebody other than its author', async () => {
    center.resolve(id, BOB);
    expect(await items.inspect(id, [ALICE])).toEqual({ state: 'acknowledged', by: BOB, at: NOW });
  });

  test.each([
    ['the author', ALICE],
    ['the author in another role', 'arn:aws:sts::111122223333:assumed-role/Auditor/alice'],
    ['the author by another spelling', 'arn:aws:iam::111122223333:user/staff/Alice'],
    ['the function', OWN_ROLE],
    ['somebody in the role of the function', 'arn:aws:sts::111122223333:assumed-role/Review-Role1A2B/bob'],
  ])('is not acknowledged by %s', async (_, by) => {
    center.resolve(id, by);
    expect(await items.inspect(id, [ALICE])).toEqual({ state: 'not-counted', by, reason: 'author' });
  });

  test.each(['arn:aws:iam::111122223333:root', 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAmazonSSM/x'])('is not acknowledged by %s, who is nobody', async (by) => {
    center.resolve(id, by);
    expect(await items.inspect(id, [])).toEqual({ state: 'not-counted', by, reason: 'nobody' });
  });

  test('is not acknowledged where nobody tells by whom or when', async () => {
    const answer = (item: object) => new ReviewItems({ send: async () => ({ OpsItem: { Status: 'Resolved', ...item } }) as never });
    expect(await answer({ LastModifiedTime: new Date(NOW) }).inspect(id, [])).toEqual({ state: 'not-counted', reason: 'nobody' });
    expect(await answer({ LastModifiedBy: BOB }).inspect(id, [])).toEqual({ state: 'not-counted', by: BOB, reason: 'nobody' });
  });

  test('counts where it is not told who made it', async () => {
    const items2 = new ReviewItems({ send: async () => ({ OpsItem: { Status: 'Resolved', LastModifiedBy: BOB, LastModifiedTime: new Date(NOW) } }) as never });
    expect(await items2.inspect(id, [])).toEqual({ state: 'acknowledged', by: BOB, at: NOW });
  });

  test('is opened again, and says why', async () => {
    center.resolve(id, ALICE);
    await items.reopen(id, 'resolved by its author');
    expect(center.item(id)).toMatchObject({ Status: 'Open', OperationalData: { 'review-reopened': { Value: 'resolved by its author' } } });
    expect(await items.inspect(id, [ALICE])).toEqual({ state: 'open' });
  });

  test('is missing where somebody deleted it', async () => {
    expect(await items.inspect('oi-gone', [])).toEqual({ state: 'missing' });
  });
});

test('hands on what else Systems Manager says', async () => {
  const failing = (name: string) => new ReviewItems({ send: async () => { throw Object.assign(new Error('CANARY'), { name }); } });
  await expect(failing('InternalServerError').inspect('oi-1', [])).rejects.toThrow();
  await expect(failing('OpsItemLimitExceededException').open(ITEM)).rejects.toThrow();
});

test('fails where Systems Manager creates an item and does not name it', async () => {
  await expect(new ReviewItems({ send: async () => ({}) as never }).open(ITEM)).rejects.toThrow('named no OpsItem');
  const nameless = { send: async (command: object) => { if (/Create/.test(command.constructor.name)) throw Object.assign(new Error(), { name: 'OpsItemAlreadyExistsException' }); return {} as never; } };
  await expect(new ReviewItems(nameless).open(ITEM)).rejects.toThrow('named no OpsItem');
});
