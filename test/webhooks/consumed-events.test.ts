import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { actionsOf } from './inbox-world';
import { webhooks } from '../../src';
import { propertiesOf } from '../storage/templates';

function consumedIn() {
  const stack = new Stack(new App(), 'Stack');
  return { stack, consumed: new webhooks.ConsumedEvents(stack, 'Consumed') };
}

test('remembers by id, for as long as the wrapper says', () => {
  expect(Object.values(propertiesOf(consumedIn().stack, 'AWS::DynamoDB::Table'))).toEqual([expect.objectContaining({
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
  })]);
});

test('lets a consumer do what the wrapper calls, and nothing else', () => {
  const { stack, consumed } = consumedIn();
  consumed.grantUse(new iam.Role(stack, 'Consumer', { assumedBy: new iam.AccountRootPrincipal() }));
  expect(actionsOf(stack, /^Consumer/)).toEqual(['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'kms:Decrypt']);
});
