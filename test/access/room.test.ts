import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, catalogueIn, INSTANCE, REGION, stackIn } from './world';
import { access, policy, storage } from '../../src';
import { check, RULES } from '../../src/rules';
import { nagPacks } from '../nag-packs';

const WORKFORCES: ReadonlyArray<[string, (stack: Stack) => access.Workforce]> = [
  ['IAM users', () => access.Workforce.iamUsers()],
  ['IAM users of another account', () => access.Workforce.iamUsers({ account: '444455556666', organizationId: 'o-a1b2c3d4e5' })],
  ['people of a SAML provider', (stack) => access.Workforce.saml(iam.SamlProvider.fromSamlProviderArn(stack, 'Corp', 'arn:aws:iam::111122223333:saml-provider/corp'))],
  ['people of Identity Center', () => access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: ['a1b2c3d4'] })],
];

function findingsIn(stack: Stack): string[] {
  return check([{ name: stack.stackName, template: Template.fromStack(stack).toJSON(), account: ACCOUNT, region: REGION }], RULES)
    .filter(({ finding }) => finding !== '')
    .map(({ control, finding, logicalId, message }) => `${logicalId}: ${control}[${finding}]: ${message}`);
}

describe('what the room creates', () => {
  test.each(WORKFORCES)('violates no control for %s', (_name, workforce) => {
    const stack = stackIn();
    catalogueIn(stack, workforce(stack));

    expect(findingsIn(stack)).toEqual([]);
  });

  test.each(WORKFORCES)('violates no control for %s who are granted what they work with', (_name, workforce) => {
    const stack = stackIn();
    const people = workforce(stack);
    const operator = new access.OperatorRole(stack, 'Operator', { workforce: people });
    const auditor = new access.AuditorRole(stack, 'Auditor', { workforce: people });
    const developer = new access.DeveloperRole(stack, 'Developer', { workforce: people, environment: access.EnvironmentKind.DEVELOPMENT });
    const log = new storage.EncryptedLogGroup(stack, 'Log');
    new storage.IntegrationQueue(stack, 'Orders').grantRedrive(operator);
    log.grantRead(operator);
    log.grantRead(auditor);
    new storage.EvidenceBucket(stack, 'Evidence').grantRead(auditor);
    new storage.LandingBucket(stack, 'Samples').grantRead(developer);

    expect(findingsIn(stack)).toEqual([]);
  });

  test('passes the policy of the library and every pack of cdk-nag at synthesis', () => {
    const app = new App();
    catalogueIn(new Stack(app, 'Anywhere'));
    catalogueIn(stackIn(app));
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25', packs: nagPacks() });

    expect(() => app.synth()).not.toThrow();
  });
});

test('the same input gives the same template', () => {
  const [one, other] = [1, 2].map(() => {
    const stack = stackIn();
    catalogueIn(stack);
    return JSON.stringify(Template.fromStack(stack).toJSON());
  });

  expect(one).toBe(other);
});
