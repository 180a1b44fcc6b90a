import { App, Stack } from 'aws-cdk-lib';
import { ECDSA } from './public-keys';
import { acme, key, serving } from './serving';
import { policy, sftp } from '../../src';
import { judgedBy, NAG_PACKS } from '../nag-packs';

const USERS: ReadonlyArray<readonly [string, () => sftp.SftpUsers]> = [
  ['an identity provider', () => sftp.SftpUsers.identityProvider({
    runtimePartners: sftp.RuntimePartners.within(['198.51.100.0/24'], { access: sftp.PartnerAccess.exchange() }),
  })],
  ['an identity provider with passwords', () => sftp.SftpUsers.identityProvider({ requirePassword: true, provisionedConcurrency: 1 })],
  ['the service', () => sftp.SftpUsers.serviceManaged()],
];

function withPartners(users: sftp.SftpUsers): Stack {
  const { stack, server } = serving(users);
  server.addPartner('acme', acme({ access: sftp.PartnerAccess.manage() }));
  server.addPartner('globex', acme({ keys: [key(ECDSA)], access: sftp.PartnerAccess.exchange() }));
  return stack;
}

describe.each(USERS)('users of %s', (_name, users) => {
  test.each(NAG_PACKS)('%s finds nothing below them', (_pack, make) => {
    const { violations } = judgedBy(make(), withPartners(users()).node.root as App);
    expect(JSON.stringify(violations)).not.toContain('Stack/Sftp/Users');
  });

  test('this library\'s own policy finds nothing below them', () => {
    const stack = withPartners(users());
    const findings = findingsOf(stack);
    expect(findings.filter((finding) => finding.includes('Stack/Sftp/Users'))).toEqual([]);
  });
});

/** What the policy says of a stack; nothing where it says nothing. */
function findingsOf(stack: Stack): string[] {
  policy.IntegrationPolicy.enforce(stack.node.root as App, { asOf: '2026-11-24' });
  try {
    (stack.node.root as App).synth();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n');
  }
}
