import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AspectPriority, Aspects, CfnResource, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { hubApp } from '../../examples/partner-hub/app';
import { check, RULES, TemplateSource, Verdict } from '../../src/rules';

interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: ReadonlyArray<{ readonly ruleName: string; readonly violatingConstructs: ReadonlyArray<{ readonly constructPath: string }> }>;
  readonly suppressedViolations?: ReadonlyArray<{ readonly ruleName: string; readonly reason: string; readonly acknowledgedAt: string }>;
}

interface Hub {
  readonly templates: readonly TemplateSource[];
  readonly reports: readonly PluginReport[];
  readonly broadPaths: readonly string[];
  readonly failed: boolean;
}

/** Synthesizes the hub, after a change by the caller. */
function synthesize(change: (app: ReturnType<typeof hubApp>) => void = () => undefined): Hub {
  const app = hubApp();
  change(app);
  const silenced = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  let failed = false;
  try {
    app.synth();
  } catch {
    failed = true;
  } finally {
    silenced.mockRestore();
  }
  const stacks = app.node.findAll().filter((node): node is Stack => Stack.isStack(node));
  const directories = new Map(stacks.map((stack) => [stack, stack.node.path.split('/').length > 1 ? `assembly-${stack.node.path.split('/')[0]}` : '']));
  return {
    failed,
    templates: stacks.map((stack) => ({
      name: stack.node.path,
      template: JSON.parse(readFileSync(join(app.outdir, directories.get(stack)!, basename(stack.templateFile)), 'utf8')) as unknown,
      account: stack.account,
      region: stack.region,
    })),
    reports: (JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as { pluginReports: PluginReport[] }).pluginReports,
    broadPaths: ['', ...app.node.findAll().filter((node) => !CfnResource.isCfnResource(node) && (Stack.isStack(node) || node.node.path.split('/').length === 1)).map((node) => node.node.path)],
  };
}

function findings(templates: readonly TemplateSource[], control = ''): Verdict[] {
  return check(templates, RULES.filter((rule) => rule.control.startsWith(control))).filter((verdict) => verdict.finding !== '');
}

function weaknessesOf(hub: Hub, path: string): string[] {
  return hub.reports.filter((report) => report.pluginName === 'cdk-secure-integrations').flatMap((report) => report.violations)
    .filter((violation) => violation.violatingConstructs.some((construct) => construct.constructPath.startsWith(path)))
    .map((violation) => violation.ruleName);
}

let hub: Hub;

beforeAll(() => { hub = synthesize(); });

describe('the hub', () => {
  test('has no finding in our pack and in the six packs of cdk-nag', () => {
    expect(hub.reports.flatMap((report) => report.violations.map((violation) =>
      `${report.pluginName}: ${violation.ruleName} at ${violation.violatingConstructs.map((construct) => construct.constructPath).join(', ')}`))).toEqual([]);
    // A pack without findings and acknowledgements is not listed; ours has neither.
    expect(hub.reports.map((report) => report.pluginName))
      .toEqual(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless']);
    expect(hub.failed).toBe(false);
  });

  test('acknowledges single findings, with a reason, and none on a stack or an app', () => {
    const acknowledged = hub.reports.flatMap((report) => report.suppressedViolations ?? []);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter(({ reason }) => reason.length < 40)).toEqual([]);
    expect(acknowledged.filter(({ acknowledgedAt }) => hub.broadPaths.includes(acknowledgedAt))).toEqual([]);
  });

  test('is the same, byte for byte, when it is synthesized again', () => {
    expect(JSON.stringify(synthesize().templates)).toBe(JSON.stringify(hub.templates));
  });
});

describe('a secure bucket that is weakened behind the back of its construct', () => {
  const bucketOf = (app: ReturnType<typeof hubApp>) => app.node.findAll()
    .find((node): node is s3.CfnBucket => s3.CfnBucket.isCfnBucket(node) && node.node.path.startsWith('Production/Orders/Landing'))!;

  test('by a property override is caught', () => {
    const weak = synthesize((app) => bucketOf(app).addPropertyOverride('VersioningConfiguration.Status', 'Suspended'));
    expect(weaknessesOf(weak, 'Production/Orders/Landing').join()).toContain('STORAGE-VERSIONING');
    expect(weak.failed).toBe(true);
  });

  test('by a deletion override is caught', () => {
    const weak = synthesize((app) => bucketOf(app).addPropertyDeletionOverride('PublicAccessBlockConfiguration'));
    expect(weaknessesOf(weak, 'Production/Orders/Landing').join()).toContain('STORAGE-PUBLIC-ACCESS');
  });

  test('by a later aspect is caught', () => {
    const weak = synthesize((app) => Aspects.of(Stage.of(bucketOf(app))!).add({
      visit(node) {
        if (node === bucketOf(app)) bucketOf(app).bucketEncryption = undefined;
      },
    }, { priority: AspectPriority.READONLY }));
    expect(weaknessesOf(weak, 'Production/Orders/Landing').join()).toContain('STORAGE-CMK');
  });

  test('and that is acknowledged away is caught twice', () => {
    const weak = synthesize((app) => {
      bucketOf(app).addPropertyDeletionOverride('LoggingConfiguration');
      Validations.of(bucketOf(app)).acknowledge({ id: 'cdk-secure-integrations::STORAGE-ACCESS-LOG[NoLog]', reason: 'nobody reads these logs anyway' });
    });
    expect(weaknessesOf(weak, 'Production/Orders/Landing').join()).toContain('ACKNOWLEDGEMENT-BYPASS');
  });
});

describe('wiring', () => {
  /** Where a template keeps the policies of keys, topics, queues and buckets. */
  const POLICIES: Record<string, string> = {
    'AWS::KMS::Key': 'KeyPolicy', 'AWS::SNS::TopicPolicy': 'PolicyDocument', 'AWS::SQS::QueuePolicy': 'PolicyDocument', 'AWS::S3::BucketPolicy': 'PolicyDocument',
  };

  /** Every Allow to an AWS service in the production environment: template, resource, index of the statement, what it permits. */
  function serviceStatements(templates: readonly TemplateSource[]) {
    return templates.filter(({ name }) => name.startsWith('Production/')).flatMap(({ name, template }) =>
      Object.entries((template as any).Resources as Record<string, any>).flatMap(([logicalId, resource]) => {
        const statements: any[] = resource.Properties?.[POLICIES[resource.Type]]?.Statement ?? [];
        return statements.flatMap((statement, index) => (statement.Effect === 'Allow' && statement.Principal?.Service
          ? [{ name, logicalId, type: resource.Type as string, index, text: `${JSON.stringify(statement.Principal)} ${JSON.stringify(statement.Action)}` }] : []));
      }));
  }

  /** Every Allow to the account by which DynamoDB and Lambda store, or make grants, with a key. */
  function storageStatements(templates: readonly TemplateSource[]) {
    return templates.filter(({ name }) => name.startsWith('Production/')).flatMap(({ name, template }) =>
      Object.entries((template as any).Resources as Record<string, any>).filter(([, { Type }]) => Type === 'AWS::KMS::Key').flatMap(([logicalId, { Properties }]) =>
        (Properties.KeyPolicy.Statement as any[]).flatMap((statement, index) => (/^(dynamodb|lambda)\./.test(statement.Condition?.StringEquals?.['kms:ViaService'])
          && /kms:(CreateGrant|Encrypt)"/.test(JSON.stringify(statement.Action)) ? [{ name, logicalId, index }] : []))));
  }

  test('holds: no producer is denied', () => {
    expect(findings(hub.templates, 'DELIVERY-')).toEqual([]);
    expect(check(hub.templates, RULES.filter((rule) => rule.control.startsWith('DELIVERY-'))).filter((v) => v.outcome === 'compliant').map((v) => v.control))
      .toEqual(expect.arrayContaining(['DELIVERY-ALARM-TOPIC', 'DELIVERY-RULE-TARGET', 'DELIVERY-LOG-KEY', 'DELIVERY-ACCESS-LOG', 'DELIVERY-QUEUE-CONSUMER', 'DELIVERY-TABLE-KEY', 'DELIVERY-FUNCTION-KEY']));
  });

  test('breaks, and a delivery rule says so, when any statement for a service is removed', () => {
    const statements = serviceStatements(hub.templates);
    expect(statements.length).toBeGreaterThanOrEqual(5);
    const unnoticed = statements.filter(({ name, logicalId, type, index }) => {
      const weakened = structuredClone(hub.templates);
      (weakened.find((source) => source.name === name)!.template as any).Resources[logicalId].Properties[POLICIES[type]].Statement.splice(index, 1);
      return findings(weakened, 'DELIVERY-').length === 0;
    });
    expect(unnoticed).toEqual([]);
  });

  test('breaks, and a delivery rule says so, when any statement by which a table or a function uses its key is removed', () => {
    const statements = storageStatements(hub.templates);
    expect(statements).toHaveLength(4);
    const unnoticed = statements.filter(({ name, logicalId, index }) => {
      const weakened = structuredClone(hub.templates);
      (weakened.find((source) => source.name === name)!.template as any).Resources[logicalId].Properties.KeyPolicy.Statement.splice(index, 1);
      return findings(weakened, 'DELIVERY-').filter(({ outcome }) => outcome === 'violation').length === 0;
    });
    expect(unnoticed).toEqual([]);
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
