import { Crm, CrmKey } from '../../examples/partner-credentials/runtime/crm';
import { crmKeys, Question } from '../../examples/partner-credentials/runtime/crm-keys';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOURS = 60 * 60 * 1000;
const about = { secretName: 'crm', version: 'v1' };

/** A CRM with these keys, which says what was done to them. */
function crmWith(...keys: CrmKey[]) {
  const done: string[] = [];
  const crm: Crm = {
    create: async (name, reference) => {
      done.push(`create ${name} ${reference}`);
      return { id: 'k1', key: 'value' };
    },
    list: async () => keys,
    enable: async (id) => { done.push(`enable ${id}`); },
    disable: async (id) => { done.push(`disable ${id}`); },
    remove: async (id) => { done.push(`remove ${id}`); },
    accepts: async (key) => key === 'value',
  };
  return { done, ask: (question: Question) => crmKeys({ crm, now: () => NOW })(question) };
}

const key = (changes: Partial<CrmKey> = {}): CrmKey => ({ id: 'k1', reference: 'v1', createdAt: '2026-11-01T00:00:00Z', enabled: true, ...changes });
const since = (hours: number) => new Date(NOW - hours * HOURS).toISOString();

test('a key is made for a version, which opens nothing yet', async () => {
  const { done, ask } = crmWith();
  expect(await ask({ action: 'issue', ...about })).toEqual({ id: 'k1', credential: { key: 'value' } });
  expect(done).toEqual(['create crm v1']);
});

test('a key is enabled, and tried as a consumer would', async () => {
  const { done, ask } = crmWith();
  expect(await ask({ action: 'activate', id: 'k1', credential: { key: 'value' } })).toEqual({});
  expect(done).toEqual(['enable k1']);
  expect(await ask({ action: 'probe', id: 'k1', credential: { key: 'value' } })).toEqual({ works: true });
  expect(await ask({ action: 'probe', id: 'k1', credential: { key: 'another' } })).toEqual({ works: false });
});

test('keys are listed by the version that they were made for, without their state', async () => {
  expect(await crmWith(key()).ask({ action: 'list', secretName: 'crm' })).toEqual({ issued: [{ id: 'k1', version: 'v1', createdAt: '2026-11-01T00:00:00Z' }] });
});

test.each<[string, readonly CrmKey[], string, readonly string[]]>([
  ['that works is disabled', [key()], 'disabled', ['disable k1']],
  ['that was disabled within a day is kept', [key({ enabled: false, disabledAt: since(23) })], 'waiting', []],
  ['that has been disabled for a day is deleted', [key({ enabled: false, disabledAt: since(24) })], 'deleted', ['remove k1']],
  ['that was never enabled is deleted at once', [key({ enabled: false })], 'deleted', ['remove k1']],
  ['that is gone stays so', [], 'deleted', []],
])('a key %s', async (_, keys, became, expected) => {
  const { done, ask } = crmWith(...keys);
  expect(await ask({ action: 'revoke', ...about, id: 'k1' })).toEqual({ became });
  expect(done).toEqual(expected);
});

test('another question is refused', async () => {
  await expect(crmWith().ask({ action: 'sell' } as unknown as Question)).rejects.toMatchObject({ name: 'UnknownQuestion', message: '' });
});
