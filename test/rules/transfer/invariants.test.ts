import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROLS } from '../../../src/compliance';
import { SFTP_IDENTITY_CONTROLS } from '../../../src/compliance/controls/sftp-identity';
import { SFTP_MONITORING_CONTROLS } from '../../../src/compliance/controls/sftp-monitoring';
import { SFTP_NETWORK_CONTROLS } from '../../../src/compliance/controls/sftp-network';
import { SFTP_SERVER_CONTROLS } from '../../../src/compliance/controls/sftp-server';

const TABLE = readFileSync(join(__dirname, '../../../docs/adr/0036-controls-of-sftp.md'), 'utf8').split('\n').filter((line) => /^\| [A-Z]\d/.test(line));

const numbered = (letter: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
const INVARIANTS = [...numbered('S', 17), ...numbered('L', 8), ...numbered('H', 3), ...numbered('M', 5), ...numbered('I', 1)];

test.each(INVARIANTS)('%s has a control that the catalog has', (invariant) => {
  const rows = TABLE.filter((row) => new RegExp(`\\b${invariant}\\b`).test(row.split('|')[1]));
  expect(rows).toHaveLength(1);
  const named = [...rows[0].split('|')[2].matchAll(/`([A-Z][A-Z-]+)`/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((id) => !CONTROLS.some((control) => control.id === id))).toEqual([]);
});

test('each control of a server, its function, its keys and its events stands for an invariant', () => {
  const ours = [...SFTP_IDENTITY_CONTROLS, ...SFTP_MONITORING_CONTROLS, ...SFTP_NETWORK_CONTROLS, ...SFTP_SERVER_CONTROLS];
  expect(ours.map(({ id }) => id).filter((id) => !TABLE.some((row) => row.includes(`\`${id}\``)))).toEqual([]);
});
