import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROLS } from '../../../src/compliance';
import { ACCOUNT_CONTROLS } from '../../../src/compliance/controls/account';
import { CLOUDTRAIL_CONTROLS } from '../../../src/compliance/controls/cloudtrail';
import { DELIVERY_CONFIG_CONTROLS } from '../../../src/compliance/controls/delivery-config';
import { DELIVERY_TRAIL_CONTROLS } from '../../../src/compliance/controls/delivery-trail';
import { IAM_PEOPLE_CONTROLS } from '../../../src/compliance/controls/iam-people';

const TABLE = readFileSync(join(__dirname, '../../../docs/adr/0046-controls-of-trails-and-people.md'), 'utf8').split('\n').filter((line) => /^\| [TI]\d\d /.test(line));

const numbered = (letter: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`);

test.each([...numbered('T', 15), ...numbered('I', 10)])('%s has a control that the catalog has', (invariant) => {
  const rows = TABLE.filter((row) => row.startsWith(`| ${invariant} `));
  expect(rows).toHaveLength(1);
  const named = [...rows[0].split('|')[2].matchAll(/`([A-Z][A-Z0-9-]+)`/g)].map(([, id]) => id);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((id) => !CONTROLS.some((control) => control.id === id))).toEqual([]);
});

test('each control of trails, of the account and of people stands for an invariant', () => {
  const ours = [...ACCOUNT_CONTROLS, ...CLOUDTRAIL_CONTROLS, ...DELIVERY_CONFIG_CONTROLS, ...DELIVERY_TRAIL_CONTROLS, ...IAM_PEOPLE_CONTROLS];
  expect(ours.map(({ id }) => id).filter((id) => !TABLE.some((row) => row.includes(`\`${id}\``)))).toEqual([]);
});
