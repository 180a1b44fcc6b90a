import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROLS } from '../../../src/compliance';
import { SFTP_CONNECTOR_CONTROLS } from '../../../src/compliance/controls/sftp-connectors';
import { SFTP_IDENTITY_CONTROLS } from '../../../src/compliance/controls/sftp-identity';
import { SFTP_MONITORING_CONTROLS } from '../../../src/compliance/controls/sftp-monitoring';
import { SFTP_NETWORK_CONTROLS } from '../../../src/compliance/controls/sftp-network';
import { SFTP_PARTNER_CONTROLS } from '../../../src/compliance/controls/sftp-partners';
import { SFTP_SERVER_CONTROLS } from '../../../src/compliance/controls/sftp-server';

const TABLE = ['0036-controls-of-sftp', '0037-rules-for-sftp-users-and-connectors']
  .flatMap((name) => readFileSync(join(__dirname, `../../../docs/adr/${name}.md`), 'utf8').split('\n'))
  .filter((line) => /^\| [A-Z]\d/.test(line));

const numbered = (letter: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
const COUNTS = { S: 17, U: 8, B: 11, L: 8, H: 3, C: 7, M: 5, I: 1, W: 1, X: 1 };
const INVARIANTS = Object.entries(COUNTS).flatMap(([letter, count]) => numbered(letter, count));

test.each(INVARIANTS)('%s has a control that the catalog has', (invariant) => {
  const rows = TABLE.filter((row) => new RegExp(`\\b${invariant}\\b`).test(row.split('|')[1]));
  expect(rows).toHaveLength(1);
  const named = [...rows[0].split('|')[2].matchAll(/`([A-Z][A-Z-]+)`/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((id) => !CONTROLS.some((control) => control.id === id))).toEqual([]);
});

test('each control of SFTP stands for an invariant', () => {
  const ours = [
    ...SFTP_CONNECTOR_CONTROLS, ...SFTP_IDENTITY_CONTROLS, ...SFTP_MONITORING_CONTROLS,
    ...SFTP_NETWORK_CONTROLS, ...SFTP_PARTNER_CONTROLS, ...SFTP_SERVER_CONTROLS,
  ];
  expect(ours.map(({ id }) => id).filter((id) => !TABLE.some((row) => row.includes(`\`${id}\``)))).toEqual([]);
});
