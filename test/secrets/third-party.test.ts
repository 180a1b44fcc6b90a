import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { called, granted, rotating } from './elsewhere';
import { secrets } from '../../src';
import { parseAdapterArn } from '../../src/runtime/secrets/third-party-function';

const adapterIn = (stack: Stack) => new lambda.Function(stack, 'Adapter', {
  code: lambda.Code.fromInline('exports.handler = async () => ({});'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
});

test('the function asks the adapter, and has no other right beside the secret', async () => {
  const { environment, statements } = rotating((stack) => secrets.RotationStrategy.thirdParty(adapterIn(stack)));
  const arn = { 'Fn::GetAtt': [expect.stringMatching(/^Adapter/), 'Arn'] };
  expect(environment.ADAPTER_ARN).toEqual(arn);
  expect(await called('third-party')).toEqual(['Invoke']);
  expect(granted(statements, 'lambda')).toEqual(['lambda:InvokeFunction']);
  expect(statements.find(({ Action }) => Action === 'lambda:InvokeFunction')!.Resource).toEqual(arn);
});

test('the adapter has no right to the secret', () => {
  const { stack } = rotating((scope) => secrets.RotationStrategy.thirdParty(adapterIn(scope)));
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter((id) => id.startsWith('Adapter'))).toEqual([]);
});

test('an alias is invoked by its own ARN', () => {
  const { environment, statements } = rotating((stack) => secrets.RotationStrategy.thirdParty(adapterIn(stack).addAlias('live')));
  expect(environment.ADAPTER_ARN).toEqual({ Ref: expect.stringMatching(/^AdapterAliaslive/) });
  expect(statements.find(({ Action }) => Action === 'lambda:InvokeFunction')!.Resource).toEqual(environment.ADAPTER_ARN);
});

const imported = (account: string) => (stack: Stack) => secrets.RotationStrategy.thirdParty(
  lambda.Function.fromFunctionArn(stack, 'Adapter', `arn:aws:lambda:eu-west-1:${account}:function:adapter`));

test('takes an imported adapter of the same account', () => {
  const { environment } = rotating(imported('111122223333'));
  expect(parseAdapterArn(environment as Record<string, string>)).toBe('arn:aws:lambda:eu-west-1:111122223333:function:adapter');
});

test('refuses an adapter of another account', () => {
  expect(() => rotating(imported('444455556666'))).toThrow(
    "[Stack/Secret] 'adapter' must be of account 111122223333, got one of 444455556666; values do not leave the account of the secret");
});
