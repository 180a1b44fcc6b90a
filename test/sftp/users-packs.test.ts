import { App, Stack } from 'aws-cdk-lib';
import { ECDSA } from './public-keys';
import { acme, key, serving } from './serving';
import { policy, sftp } from '../../src';
import { findingsOfPacks } from '../nag-packs';

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
  test('no pack finds anything below them', () => {
    for (const [pack, violations] of Object.entries(findingsOfPacks(withPartners(users()).node.root as App))) {
      expect([pack, JSON.stringify(violations)]).toEqual([pack, expect.not.stringContaining('Stack/Sftp/Users')]);
    }
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
