import { App, AspectPriority, Aspects, Stage, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { findings, looseAcknowledgementsIn, synthesize, Synthesized, templatesIn, violationsIn } from './synthesize';
import { unreported } from './weakened-files';
import { serviceStatements, storageStatements, unnoticed } from './wiring';
import { hubApp } from '../../examples/partner-hub/app';
import { addHub } from '../../examples/partner-hub/hub';
import { check, RULES } from '../../src/rules';

let hub: Synthesized;

beforeAll(() => { hub = synthesize(hubApp()); });

describe('the hub', () => {
  test('has no finding in our pack and in the six packs of cdk-nag', () => {
    expect(violationsIn(hub)).toEqual([]);
    // A pack without findings and acknowledgements is not listed.
    expect(hub.reports.map((report) => report.pluginName))
      .toEqual(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless', 'cdk-secure-integrations']);
    expect(hub.failed).toBe(false);
  });

  test('waives nothing of ours but the rotation of keys that senders of webhooks make', () => {
    const [{ suppressedViolations }] = hub.reports.filter(({ pluginName }) => pluginName === 'cdk-secure-integrations');
    expect(suppressedViolations!.map(({ ruleName, acknowledgedAt }) => `${ruleName} at ${acknowledgedAt}`).sort()).toEqual(['Production', 'Test'].flatMap((environment) => ['GitHub', 'Stripe'].map(
      (sender) => `SECRET-ROTATION[NoSchedule] at ${environment}/Webhooks/Partners/${sender}/Key/Resource`)));
  });

  test('acknowledges single findings, with a reason, and none on a stack or an app', () => {
    expect(hub.reports.flatMap((report) => report.suppressedViolations ?? []).length).toBeGreaterThan(0);
    expect(looseAcknowledgementsIn(hub)).toEqual([]);
  });

  test('is the same, byte for byte, when it is synthesized again, without a policy too', () => {
    const unchecked = new App({ analyticsReporting: false });
    addHub(unchecked);
    unchecked.synth();
    expect(JSON.stringify(templatesIn(unchecked))).toBe(JSON.stringify(hub.templates));
  });
});

describe('a secure bucket that is weakened behind the back of its construct', () => {
  const PATH = 'Production/Orders/Landing';
  let weak: Synthesized;

  // In one app, since a hub takes its time; what is found is told apart by its rule.
  beforeAll(() => {
    const app = hubApp();
    const bucket = app.node.findAll().find((node): node is s3.CfnBucket => s3.CfnBucket.isCfnBucket(node) && node.node.path.startsWith(PATH))!;
    bucket.addPropertyOverride('VersioningConfiguration.Status', 'Suspended');
    bucket.addPropertyDeletionOverride('PublicAccessBlockConfiguration');
    Aspects.of(Stage.of(bucket)!).add({
      visit(node) {
        if (node === bucket) bucket.bucketEncryption = undefined;
      },
    }, { priority: AspectPriority.READONLY });
    bucket.addPropertyDeletionOverride('LoggingConfiguration');
    Validations.of(bucket).acknowledge({ id: 'cdk-secure-integrations::STORAGE-ACCESS-LOG[NoAccessLog]', reason: 'nobody reads these logs anyway' });
    weak = synthesize(app);
  });

  test('fails the synthesis', () => expect(weak.failed).toBe(true));

  test.each([
    ['by a property override is caught', ['STORAGE-VERSIONING[Suspended]']],
    ['by a deletion override is caught', ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((name) => `STORAGE-PUBLIC-ACCESS[Open::${name}]`)],
    ['by a later aspect is caught', ['STORAGE-CMK[NoEncryption]', 'STORAGE-SSE-C[SseCAllowed]']],
    ['and that is acknowledged away is caught by the acknowledgement', ['ACKNOWLEDGEMENT-BYPASS']],
  ])('%s', (_how, rules) => {
    const found = weak.reports.filter(({ pluginName }) => pluginName === 'cdk-secure-integrations').flatMap(({ violations }) => violations)
      .filter(({ violatingConstructs }) => violatingConstructs.some(({ constructPath }) => constructPath.startsWith(PATH)));
    expect(found.map(({ ruleName }) => ruleName)).toEqual(expect.arrayContaining(rules));
  });
});

describe('wiring', () => {
  test('holds: no producer is denied', () => {
    expect(findings(hub.templates, 'DELIVERY-')).toEqual([]);
    expect(check(hub.templates, RULES.filter((rule) => rule.control.startsWith('DELIVERY-'))).filter((v) => v.outcome === 'compliant').map((v) => v.control))
      .toEqual(expect.arrayContaining(['DELIVERY-ALARM-TOPIC', 'DELIVERY-RULE-TARGET', 'DELIVERY-LOG-KEY', 'DELIVERY-ACCESS-LOG', 'DELIVERY-QUEUE-CONSUMER', 'DELIVERY-TABLE-KEY', 'DELIVERY-FUNCTION-KEY']));
  });

  test('breaks, and a delivery rule says so, when any statement for a service is removed', () => {
    const statements = serviceStatements(hub.templates);
    expect(statements.length).toBeGreaterThanOrEqual(5);
    expect(unnoticed(hub.templates, statements)).toEqual([]);
  });

  test('breaks, and a delivery rule says so, when any statement by which a table or a function uses its key is removed', () => {
    const statements = storageStatements(hub.templates);
    expect(statements).toHaveLength(4);
    expect(unnoticed(hub.templates, statements)).toEqual([]);
  });

  test('breaks, and a delivery rule says so, when the roles that use the table may not decrypt', () => {
    const weakened = structuredClone(hub.templates);
    const orders = weakened.find((source) => source.name === 'Production/Orders')!.template as any;
    const policies = Object.values<any>(orders.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy');
    for (const { Properties } of policies) {
      Properties.PolicyDocument.Statement = Properties.PolicyDocument.Statement.filter((statement: any) => !JSON.stringify(statement).includes('FoundationDataKey'));
    }
    expect(findings(weakened, 'DELIVERY-TABLE-KEY').map(({ finding }) => finding)).toEqual(
      ['IntakeWorkerRole', 'OrdersApiLookupRole', 'OrdersApiStoringRole'].map((role) => expect.stringMatching(new RegExp(`^UserDenied::${role}`))));
  });
});

describe('what exchanges files', () => {
  test('has no protection that could be taken away without a finding', () => {
    const found = unreported(hub.templates.filter(({ name }) => ['Test/Files', 'Test/Invoices'].includes(name)));
    expect(found.unreported).toEqual([]);
    expect(found.tried).toBeGreaterThan(80);
  }, 60_000);
});
