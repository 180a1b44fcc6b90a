import { CONNECTOR_ID, RETRIEVE, SECRET_ARN, SEND, SETTINGS, TABLE } from './connector-cloud';
import { parseTransferSettings } from '../../../src/runtime/sftp/transfer-settings';

test('settings name the connector, its table, its transfers and the time that they may take', () => {
  expect(parseTransferSettings(SETTINGS)).toEqual({
    connectorId: CONNECTOR_ID, table: TABLE, sends: [SEND], retrieves: [RETRIEVE], finishMilliseconds: 3_600_000,
  });
});

test('settings name the secret that a person keeps', () => {
  expect(parseTransferSettings({ ...SETTINGS, SECRET_ARN, SECRET_MAX_AGE_SECONDS: '86400' }).kept).toEqual({ secretArn: SECRET_ARN, maxAgeMilliseconds: 86_400_000 });
});

test.each([
  ['CONNECTOR_ID', 'c-1'], ['TRANSFER_TABLE', ''], ['FINISH_SECONDS', '59'], ['FINISH_SECONDS', '604801'], ['SECRET_ARN', 'x'],
  ['TRANSFERS', ''], ['TRANSFERS', '{}'], ['TRANSFERS', '[null]'],
  ...[
    { ...SEND, kind: 'copy' }, { ...SEND, name: '' }, { ...SEND, name: 'a b' }, { ...SEND, bucket: '' }, { ...SEND, prefix: '' }, { ...SEND, prefix: '/a' }, { ...SEND, prefix: 'a/' },
    { ...SEND, prefix: 'a//b' }, { ...SEND, remote: 'in' }, { ...SEND, remote: '/in/' }, { ...SEND, remote: '' }, { ...SEND, remote: 7 },
    { ...RETRIEVE, remote: undefined }, { ...RETRIEVE, listings: '' }, { ...RETRIEVE, listingsBucket: undefined }, { ...RETRIEVE, remove: 'yes' },
  ].map((transfer) => ['TRANSFERS', JSON.stringify([transfer])]),
])('%s %s stops the start', (name, value) => {
  expect(() => parseTransferSettings({ ...SETTINGS, SECRET_MAX_AGE_SECONDS: '86400', [name]: value })).toThrow(name);
});

test('a secret whose age nobody bounds stops the start', () => {
  expect(() => parseTransferSettings({ ...SETTINGS, SECRET_ARN })).toThrow('SECRET_MAX_AGE_SECONDS');
});
