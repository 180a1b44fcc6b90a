import { parseHostKeysSettings } from '../../../src/runtime/sftp/host-keys-settings';
import { parseKeyWatchSettings } from '../../../src/runtime/sftp/key-watch-settings';
import { parseReconcileSettings } from '../../../src/runtime/sftp/reconcile-settings';

const SERVER_ID = 's-0123456789abcdef0';
const HOST_KEYS = {
  SERVER_ID, KEY_TYPES: '["ed25519","rsa-4096"]', ROTATE_AFTER_DAYS: '365', OVERLAP_DAYS: '14', PARAMETER_NAME: '/sftp/keys', EVENT_BUS_NAME: 'partners',
};
const RECONCILE = { SERVER_ID, PARTNERS_TABLE: 'partners', MODE: 'report', EVENT_BUS_NAME: 'partners' };
const WATCH = { PARTNERS_TABLE: 'partners', ACTIVITY_TABLE: 'activity', EVENT_BUS_NAME: 'partners', STALE_DAYS: '60' };

test('host keys are taken over after an acknowledgement, unless it is said', () => {
  expect(parseHostKeysSettings(HOST_KEYS)).toEqual({
    serverId: SERVER_ID,
    keyTypes: ['ed25519', 'rsa-4096'],
    rotateAfterMilliseconds: 365 * 86_400_000,
    overlapMilliseconds: 14 * 86_400_000,
    isAcknowledgementRequired: true,
    parameterName: '/sftp/keys',
    eventBusName: 'partners',
  });
  expect(parseHostKeysSettings({ ...HOST_KEYS, REQUIRE_ACKNOWLEDGEMENT: 'false' }).isAcknowledgementRequired).toBe(false);
});

test.each([
  ['SERVER_ID', 's-1'], ['KEY_TYPES', '["dsa"]'], ['KEY_TYPES', '[]'], ['KEY_TYPES', '["ed25519","ed25519"]'], ['ROTATE_AFTER_DAYS', '0'],
  ['OVERLAP_DAYS', '1.5'], ['REQUIRE_ACKNOWLEDGEMENT', 'no'], ['PARAMETER_NAME', ''], ['EVENT_BUS_NAME', ' '],
])('host keys with %s %s do not start', (name, value) => {
  expect(() => parseHostKeysSettings({ ...HOST_KEYS, [name]: value })).toThrow(name);
});

test('the reconciler reports or enforces, and nothing else', () => {
  expect(['report', 'enforce'].map((MODE) => parseReconcileSettings({ ...RECONCILE, MODE }).isEnforced)).toEqual([false, true]);
  expect(() => parseReconcileSettings({ ...RECONCILE, MODE: undefined })).toThrow('MODE must be report or enforce');
  for (const name of ['SERVER_ID', 'PARTNERS_TABLE', 'EVENT_BUS_NAME']) expect(() => parseReconcileSettings({ ...RECONCILE, [name]: '' })).toThrow(name);
});

test('the watch needs its tables, its bus and its days', () => {
  expect(parseKeyWatchSettings(WATCH)).toMatchObject({ partnersTable: 'partners', activityTable: 'activity', staleMilliseconds: 60 * 86_400_000 });
  for (const name of Object.keys(WATCH)) expect(() => parseKeyWatchSettings({ ...WATCH, [name]: '' })).toThrow(name);
});
