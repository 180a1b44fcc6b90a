import { App } from 'aws-cdk-lib';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { addHub } from '../../examples/partner-hub/hub';
import { generateBearerKey, writeBearerKey } from '../../src/runtime/api/bearer-key';
import { bearerKeyAuthorizer } from '../../src/runtime/api/bearer-key-authorizer';
import { limitToken } from '../../src/runtime/api/client-consumer';
import { KeyTable, MacKey } from '../../src/runtime/api/stored-keys';
import { KeyService } from '../runtime/api/key-service';
import { clientOf, ServiceError } from '../runtime/secrets/harness/service';

const app = new App({ analyticsReporting: false });
addHub(app);
const { stacks } = app.synth().nestedAssemblies.find(({ displayName }) => displayName === 'Production')!.nestedAssembly;
const resourcesOf = (stack: string) => Object.values<any>(stacks.find(({ stackName }) => stackName === `Production-${stack}`)!.template.Resources);
const variablesOf = (stack: string) => resourcesOf(stack).find(({ Type }) => Type === 'AWS::ApiGateway::Stage').Properties.Variables as Record<string, string>;

/** What API Gateway hands an authorizer for a request to a route of the hub as it is deployed. */
function asked(stack: string, httpMethod: string, resourcePath: string, sourceIp: string, authorization?: string): APIGatewayRequestAuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: `arn:aws:execute-api:eu-west-1:222222222222:abcde12345/live/${httpMethod}${resourcePath}`,
    headers: { Authorization: authorization },
    multiValueHeaders: { Authorization: [authorization] },
    requestContext: { httpMethod, resourcePath, identity: { sourceIp } },
    stageVariables: variablesOf(stack),
  } as unknown as APIGatewayRequestAuthorizerEvent;
}

describe('a carrier', () => {
  const rotator = resourcesOf('Shared').find(({ Properties }) => Properties?.Environment?.Variables?.KEY_PREFIX && Properties.Environment.Variables.HOLDER);
  const { HOLDER: holder, KEY_PREFIX: prefix } = rotator.Properties.Environment.Variables as Record<string, string>;
  // What the carrier's rotator makes, with its settings.
  const key = generateBearerKey({ prefix, holder, credential: 'aaaaaaaaaa' }, (size) => Buffer.alloc(size, 7));
  const service = new KeyService();
  service.store(key);
  const client = clientOf<any>(async ({ operation, input }) => {
    const answer = service.answer(operation, input);
    if ('error' in answer) throw new ServiceError(answer.error, answer.message);
    return answer.output;
  });

  async function report(sourceIp: string, day: string, presented = writeBearerKey(key)): Promise<string> {
    const authorizer = bearerKeyAuthorizer(prefix, {
      table: new KeyTable(client, 'keys'), macKey: new MacKey(client, 'arn:aws:kms:eu-west-1:222222222222:key/k'), now: () => new Date(day), log: () => undefined,
    });
    try {
      const { policyDocument: { Statement: [{ Effect }] } } = await authorizer(asked('Shipments', 'POST', '/reports', sourceIp, `Bearer ${presented}`));
      return Effect;
    } catch (error) {
      return (error as Error).message;
    }
  }

  test.each([
    ['from its addresses', '198.51.100.7', '2027-06-30T23:59:59Z', 'Allow'],
    ['from elsewhere', '198.51.100.200', '2027-06-30T23:59:59Z', 'Deny'],
    ['after its contract', '198.51.100.7', '2027-07-01T00:00:00Z', 'Deny'],
  ])('that calls %s is answered by what is deployed: %s, %s', async (_, sourceIp, day, expected) => {
    expect(await report(sourceIp, day)).toBe(expected);
  });

  test('without a key of its own is a stranger', async () => {
    const other = generateBearerKey({ prefix, holder: '0000000000', credential: 'aaaaaaaaaa' }, (size) => Buffer.alloc(size, 7));
    expect(await report('198.51.100.7', '2027-01-01T00:00:00Z', writeBearerKey(other))).toBe('Unauthorized');
  });
});

describe('a partner', () => {
  const token = { issuer: 'https://login.example.com/', subject: 'acme', clientId: 'acme-orders', scopes: ['orders:write'] };
  const limited = (clientId: string, sourceIp: string) =>
    limitToken({ ...token, clientId }, asked('Orders', 'POST', '/orders', sourceIp), new Date('2027-01-01T00:00:00Z'));

  test('is known by the client of its token, and may call from its addresses alone', () => {
    expect(limited('acme-orders', '192.0.2.7')).toMatchObject({ consumer: 'acme', refused: undefined });
    expect(limited('acme-orders', '2001:db8:a::1')).toMatchObject({ consumer: 'acme', refused: undefined });
    expect(limited('acme-orders', '192.0.2.200')).toMatchObject({ consumer: 'acme', refused: 'consumer-address' });
    expect(limited('globex-orders', '192.0.2.200')).toMatchObject({ consumer: 'globex', refused: undefined });
  });

  test('has a plan of its own, and a key whose value is nowhere in the templates', () => {
    const plans = resourcesOf('Orders').filter(({ Type }) => Type === 'AWS::ApiGateway::UsagePlan');
    expect(plans.map(({ Properties }) => Properties.Throttle)).toEqual([{ RateLimit: 5, BurstLimit: 10 }, { RateLimit: 5, BurstLimit: 10 }]);
    expect(['Orders', 'Shared', 'Shipments'].flatMap(resourcesOf).filter(({ Type, Properties }) => Type === 'AWS::ApiGateway::ApiKey' && 'Value' in Properties)).toEqual([]);
  });
});
