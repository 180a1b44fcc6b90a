import { BAD_SERVERS } from './bad-servers';
import { check, RULES } from '../../../src/rules';

const SFTP_RULES = RULES.filter(({ control }) => control.startsWith('SFTP-'));

describe.each(BAD_SERVERS)('$name', ({ template, found }) => {
  const verdicts = check([{ name: 'Template', template }], SFTP_RULES).filter(({ finding }) => finding !== '');

  test('is found out in full, and nothing else is said of it', () => {
    expect(verdicts.map(({ control, finding, logicalId }) => `${logicalId}: ${control}[${finding}]`).sort()).toEqual([...found].sort());
  });

  test('has no private key repeated in what is said of it', () => {
    expect(JSON.stringify(verdicts)).not.toContain('BEGIN');
  });
});
