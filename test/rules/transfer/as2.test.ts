import { server } from './templates';
import { check, RULES } from '../../../src/rules';

const verdictsOn = (Protocols: unknown) => check([{ name: 'Template', template: server({ Protocols }) }], RULES)
  .filter(({ control, logicalId }) => logicalId === 'Server' && ['SFTP-AUTH-ALARM', 'SFTP-BANNER', 'SFTP-FAILURE-EVENT', 'SFTP-KEY-AGE', 'SFTP-PROTOCOL'].includes(control));

test('a server that speaks AS2 alone needs nothing that logins and files of users need', () => {
  expect(new Set(verdictsOn(['AS2']).map(({ outcome }) => outcome))).toEqual(new Set(['not-applicable']));
});

test.each([[['SFTP', 'AS2']], [['FTPS']], [[]], [{ Ref: 'Parameter' }], [undefined]])('a server that speaks %j does', (protocols) => {
  expect(verdictsOn(protocols).some(({ outcome }) => outcome === 'not-applicable')).toBe(false);
});
