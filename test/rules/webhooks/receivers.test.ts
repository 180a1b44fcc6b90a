import { check, RULES } from '../../../src/rules';

const VARIABLES = { ENDPOINT: 'stripe', PUBLIC_URL: 'https://hooks.example.com', SCHEME: '{"preset":"stripe"}', SECRET_ARN: 'arn' };
const invoking = (attribute: object) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31/functions/', attribute, '/invocations']],
});
const OF_FUNCTION = { 'Fn::GetAtt': ['Receiver', 'Arn'] };

function template(variables: unknown, integration: object = { Type: 'AWS_PROXY', Uri: invoking(OF_FUNCTION) }, more: object = {}) {
  return {
    Parameters: { Parameter: { Type: 'String' } },
    Resources: {
      Receiver: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } },
      Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Receiver' }, FunctionVersion: '1', Name: 'live' } },
      Method: { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', AuthorizationType: 'NONE', Integration: integration, ...more } },
    },
  };
}

function found(given: object): string[] {
  const controls = ['API-AUTHORIZATION', 'API-BODY-SCHEMA'];
  return check([{ name: 'Stack', template: given }], RULES.filter(({ control }) => controls.includes(control)))
    .filter(({ finding }) => finding !== '').map(({ control, finding }) => `${control}[${finding}]`);
}

const OPEN = ['API-AUTHORIZATION[NoAuthorization]', 'API-BODY-SCHEMA[NoModel]'];

describe('an open route', () => {
  test('is left to the signature that its function verifies', () => {
    expect(found(template(VARIABLES))).toEqual([]);
  });

  test('is so, too, where it calls an alias of the function', () => {
    expect(found(template(VARIABLES, { Type: 'AWS_PROXY', Uri: invoking({ Ref: 'Alias' }) }))).toEqual([]);
  });

  test.each(['ENDPOINT', 'PUBLIC_URL', 'SCHEME'])('is open where the function lacks %s, by which it would verify', (name) => {
    expect(found(template({ ...VARIABLES, [name]: undefined }))).toEqual(OPEN);
  });

  test.each([
    ['the variables are not told', template({ Ref: 'Parameter' })],
    ['a mapping template stands before the function', template(VARIABLES, { Type: 'AWS', Uri: invoking(OF_FUNCTION) })],
    ['the function is not told', template(VARIABLES, { Type: 'AWS_PROXY', Uri: invoking({ Ref: 'Parameter' }) })],
    ['nothing is called', template(VARIABLES, { Type: 'AWS_PROXY' })],
  ])('is open where %s', (_name, given) => {
    expect(found(given)).toEqual(OPEN);
  });
});
