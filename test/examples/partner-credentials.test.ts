import { findings, looseAcknowledgementsIn, synthesize, Synthesized, violationsIn } from './synthesize';
import { serviceStatements, storageStatements, unnoticed } from './wiring';
import { partnerCredentialsApp } from '../../examples/partner-credentials/app';

const STACKS = ['Credentials', 'Payments', 'Shared'];
let example: Synthesized;
let resources: Array<{ readonly Type: string; readonly Properties: any }>;

beforeAll(() => {
  example = synthesize(partnerCredentialsApp());
  resources = example.templates.flatMap(({ template }) => Object.values((template as any).Resources));
});

const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

describe('the credentials of partners', () => {
  test('have no finding in our pack and in the six packs of cdk-nag', () => {
    expect(violationsIn(example)).toEqual([]);
    expect(example.reports.map(({ pluginName }) => pluginName))
      .toEqual(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless', 'cdk-secure-integrations']);
    expect(example.failed).toBe(false);
    expect(example.templates.map(({ name }) => name).sort()).toEqual(STACKS.map((name) => `Production/${name}`));
  });

  test('acknowledge single findings, with a reason, and none on a stack or an app', () => {
    expect(looseAcknowledgementsIn(example)).toEqual([]);
  });

  test('except one control, by a waiver: the adapter has no queue for values', () => {
    const [{ suppressedViolations }] = example.reports.filter(({ pluginName }) => pluginName === 'cdk-secure-integrations');
    expect(suppressedViolations!.map(({ ruleName, acknowledgedAt }) => `${ruleName} at ${acknowledgedAt}`))
      .toEqual([expect.stringMatching(/LAMBDA-DLQ\[NoDestination\] at Production\/Credentials\/Crm\/Adapter\/Function/)]);
  });

  test('are the same, byte for byte, when they are synthesized again', () => {
    expect(JSON.stringify(synthesize(partnerCredentialsApp()).templates)).toBe(JSON.stringify(example.templates));
  });
});

describe('wiring', () => {
  test('holds: no producer is denied', () => {
    expect(findings(example.templates, 'DELIVERY-')).toEqual([]);
  });

  test('breaks, and a delivery rule says so, when any statement for a service is removed', () => {
    const statements = serviceStatements(example.templates);
    expect(statements.length).toBeGreaterThanOrEqual(5);
    expect(unnoticed(example.templates, statements)).toEqual([]);
  });

  test('breaks, and a delivery rule says so, when any statement by which a table or a function uses its key is removed', () => {
    const statements = storageStatements(example.templates);
    expect(statements.length).toBeGreaterThanOrEqual(2);
    expect(unnoticed(example.templates, statements)).toEqual([]);
  });
});

test('every secret is rotated, and none has a value in a template', () => {
  const rotated = ofType('AWS::SecretsManager::RotationSchedule').map(({ SecretId }) => JSON.stringify(SecretId));
  expect(ofType('AWS::SecretsManager::Secret')).toHaveLength(8);
  expect(rotated).toHaveLength(9); // and that of Amazon RDS
  expect(ofType('AWS::SecretsManager::Secret').filter((secret) => 'SecretString' in secret)).toEqual([]);
});

test('a connector signs in with what works, and another one with what is to be tried', () => {
  const stages = ofType('AWS::Transfer::Connector').map(({ SftpConfig }) => SftpConfig.OrderedUserSecretVersionStages);
  expect(stages).toEqual([['AWSCURRENT', 'AWSPREVIOUS'], ['AWSPENDING']]);
  expect(new Set(ofType('AWS::Transfer::Connector').map(({ SftpConfig }) => JSON.stringify(SftpConfig.UserSecretId))).size).toBe(1);
});

test('the settlement service may call its one route, from its addresses', () => {
  const statements = ofType('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement as any[]);
  const [invoke, ...others] = statements.filter(({ Action }) => Action === 'execute-api:Invoke');
  expect(others).toEqual([]);
  expect(JSON.stringify(invoke.Resource)).toContain('/POST/settlements');
  expect(invoke.Condition).toEqual({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } });
});
