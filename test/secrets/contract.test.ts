import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { secrets } from '../../src';
import { SECRET_TAG } from '../../src/runtime/secrets/api-key';
import { parseSettings } from '../../src/runtime/secrets/settings';
import { propertiesOf } from '../storage/templates';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';

function environmentOf(props: Partial<secrets.RotatingSecretProps>): Record<string, string> {
  const stack = new Stack(new App(), 'Stack');
  new secrets.RotatingSecret(stack, 'Secret', { strategy: secrets.RotationStrategy.webhookSecret(), ...props });
  const [{ Environment }] = Object.values(propertiesOf(stack, 'AWS::Lambda::Function'));
  return { ...Environment.Variables, SECRET_ARN: ARN };
}

test.each([
  [{}], [{ rotateEvery: Duration.days(1), overlap: Duration.minutes(5) }], [{ rotateEvery: Duration.days(1), overlap: Duration.hours(11) }],
  [{ rotateEvery: Duration.days(90), overlap: Duration.days(44) }], [{ expires: '2027-06-30' }],
])('the handler starts with the environment of %j', (props) => {
  expect(() => parseSettings(environmentOf(props))).not.toThrow();
});

test('the role may touch the keys that the handler marks as its own', () => {
  const stack = new Stack(new App(), 'Stack');
  const strategy = secrets.RotationStrategy.apiGatewayKey(apigateway.UsagePlan.fromUsagePlanId(stack, 'Plan', 'abc123'));
  new secrets.RotatingSecret(stack, 'Secret', { strategy });
  expect(JSON.stringify(propertiesOf(stack, 'AWS::IAM::Policy'))).toContain(`aws:ResourceTag/${SECRET_TAG}`);
});
