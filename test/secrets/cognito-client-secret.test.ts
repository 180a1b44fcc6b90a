import { Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { called, granted, rotating } from './elsewhere';
import { secrets } from '../../src';
import { parseCognitoSettings } from '../../src/runtime/secrets/cognito-settings';

const poolIn = (stack: Stack) => new cognito.UserPool(stack, 'Pool');
const secretOf = (options?: secrets.CognitoClientSecretOptions, generateSecret: boolean | undefined = true) => rotating((stack) => {
  const pool = poolIn(stack);
  return secrets.RotationStrategy.cognitoClientSecret(pool, pool.addClient('Client', { generateSecret }), options);
});

test('the function is told pool and client, and tries secrets by a sign-in', () => {
  const { environment } = secretOf();
  expect(environment).toMatchObject({ USER_POOL_ID: { Ref: expect.stringMatching(/^Pool/) }, CLIENT_ID: { Ref: expect.stringMatching(/^PoolClient/) } });
  expect(environment).not.toHaveProperty('TOKEN_ENDPOINT');
});

test('the function tries secrets at the token endpoint, if there is one, and starts with what it is told', () => {
  const { environment } = secretOf({ tokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token' });
  const deployed = { ...environment, USER_POOL_ID: 'eu-west-1_AbCdEf123', CLIENT_ID: 'abc' } as Record<string, string>;
  expect(parseCognitoSettings(deployed)).toMatchObject({ tokenEndpoint: 'https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token' });
});

test('takes the endpoint of a domain that only deployment knows', () => {
  const { environment } = rotating((stack) => {
    const pool = poolIn(stack);
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'acme' } });
    return secrets.RotationStrategy.cognitoClientSecret(pool, pool.addClient('Client', { generateSecret: true }), { tokenEndpoint: `${domain.baseUrl()}/oauth2/token` });
  });
  expect(JSON.stringify(environment.TOKEN_ENDPOINT)).toMatch(/oauth2\/token/);
});

test('the role may do what the function does with secrets of clients of this pool, and nothing more', async () => {
  const { statements } = secretOf();
  const operations = (await called('cognito-client-secret')).filter((operation) => operation !== 'InitiateAuth'); // needs no right
  expect(granted(statements, 'cognito-idp')).toEqual(operations.map((operation) => `cognito-idp:${operation}`));
  expect(statements.find(({ Action }) => [Action].flat()[0].startsWith('cognito-idp'))!.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Pool/), 'Arn'] });
});

test('takes an imported client, of which nothing is known', () => {
  const { environment } = rotating((stack) => secrets.RotationStrategy.cognitoClientSecret(
    cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_AbCdEf123'), cognito.UserPoolClient.fromUserPoolClientId(stack, 'Client', 'abc')));
  expect(environment).toMatchObject({ USER_POOL_ID: 'eu-west-1_AbCdEf123', CLIENT_ID: 'abc' });
});

test('refuses a client that has no secret', () => {
  expect(() => secretOf({}, false)).toThrow(
    "[Stack/Secret] 'client' must have a secret, got 'Client' without; make it with generateSecret, since a client gets none later");
});

test.each(['http://acme.example/oauth2/token', 'https://acme.example', 'https://acme.example/oauth2/token?a'])('refuses the token endpoint %s', (tokenEndpoint) => {
  expect(() => secretOf({ tokenEndpoint })).toThrow(
    `[Stack/Secret] 'tokenEndpoint' must be an https URL that ends in /oauth2/token, got '${tokenEndpoint}'; take \`\${domain.baseUrl()}/oauth2/token\``);
});
