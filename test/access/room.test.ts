import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, catalogueIn, INSTANCE, stackIn } from './world';
import { access, policy } from '../../src';
import { check, RULES } from '../../src/rules';
import { nagPacks } from '../nag-packs';

const WORKFORCES: ReadonlyArray<[string, (stack: Stack) => access.Workforce]> = [
  ['IAM users', () => access.Workforce.iamUsers()],
  ['IAM users of another account', () => access.Workforce.iamUsers({ account: '444455556666', organizationId: 'o-a1b2c3d4e5' })],
  ['people of a SAML provider', (stack) => access.Workforce.saml(iam.SamlProvider.fromSamlProviderArn(stack, 'Corp', 'arn:aws:iam::111122223333:saml-provider/corp'))],
  ['people of Identity Center', () => access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: ['a1b2c3d4'] })],
];

describe('what the room creates', () => {
  test.each(WORKFORCES)('violates no control for %s', (_name, workforce) => {
    const stack = stackIn();
    catalogueIn(stack, workforce(stack));

    const found = check([{ name: stack.stackName, template: Template.fromStack(stack).toJSON(), account: ACCOUNT }], RULES).filter(({ finding }) => finding !== '');
    expect(found.map(({ control, finding, constructPath, message }) => `${constructPath}: ${control}[${finding}]: ${message}`)).toEqual([]);
  });

  test('passes the policy of the library at synthesis', () => {
    const app = new App();
    catalogueIn(stackIn(app));
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25' });

    expect(() => app.synth()).not.toThrow();
  });

  test('has no finding of any pack of cdk-nag that is not acknowledged', () => {
    const app = new App();
    catalogueIn(new Stack(app, 'Anywhere'));
    catalogueIn(stackIn(app));

    Validations.of(app).addPlugins(...nagPacks());

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
