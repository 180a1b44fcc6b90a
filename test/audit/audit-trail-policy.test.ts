import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { audit, foundation, storage } from '../../src';
import { check, RULES } from '../../src/rules';
import { judgedBy, NAG_PACKS } from '../nag-packs';
import { outcomesWithout } from '../rules/weakened';

/** What is asked of an account that has a trail, and what no trail does: `Detections`, `AccessReview` and `ComplianceBaseline` do. */
const OF_OTHERS = ['ACCOUNT-BASELINE', 'REVIEW-SCHEDULE', 'TRAIL-DETECTIONS'];

function trailIn(stack: Stack, shared?: foundation.IFoundation): void {
  const landing = new storage.LandingBucket(stack, 'Landing', { foundation: shared });
  const trail = new audit.AuditTrail(stack, 'Trail', {
    foundation: shared, buckets: [landing.bucket], insights: audit.TrailInsights.MANAGEMENT_AND_DATA, organizationId: 'o-exampleorgid',
  });
  trail.grantRead(new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
}

function findingsIn(...stacks: Stack[]): string[] {
  const templates = stacks.map((stack) => ({ name: stack.stackName, template: Template.fromStack(stack).toJSON() }));
  return check(templates, RULES)
    .filter(({ control, finding, constructPath }) => finding !== '' && !constructPath.includes('/Reader/') && !OF_OTHERS.includes(control))
    .map(({ control, finding, constructPath, message }) => `${constructPath}: ${control}[${finding}]: ${message}`);
}

describe('a trail', () => {
  const stack = new Stack(new App(), 'Stack');
  trailIn(stack);
  const template = Template.fromStack(stack).toJSON();
  /** Logical ids end in eight characters of hash. */
  const idOf = (type: string, name: string) => Object.keys(template.Resources)
    .find((id) => template.Resources[id].Type === type && id.slice(0, -8) === name)!;

  test('violates no control', () => {
    expect(findingsIn(stack)).toEqual([]);
  });

  const trail = idOf('AWS::CloudTrail::Trail', 'Trail');
  const bucket = idOf('AWS::S3::Bucket', 'TrailBucket');
  const bucketPolicy = idOf('AWS::S3::BucketPolicy', 'TrailBucketPolicy');
  const key = idOf('AWS::KMS::Key', 'TrailKey');
  const logPolicy = idOf('AWS::IAM::Policy', 'TrailLogRoleDefaultPolicy');
  const log = idOf('AWS::Logs::LogGroup', 'TrailLog');
  const silent = idOf('AWS::CloudWatch::Alarm', 'TrailAlarmsLogSilent');

  test.each<[string, string, string]>([
    ['TRAIL-COVERAGE', trail, 'Properties.IsMultiRegionTrail'],
    ['TRAIL-COVERAGE', trail, 'Properties.IsLogging'],
    ['TRAIL-VALIDATION', trail, 'Properties.EnableLogFileValidation'],
    ['TRAIL-CMK', trail, 'Properties.KMSKeyId'],
    ['TRAIL-LOG-GROUP', trail, 'Properties.CloudWatchLogsLogGroupArn'],
    ['TRAIL-SELECTORS', trail, 'Properties.AdvancedEventSelectors.0'],
    ['TRAIL-DATA-EVENTS', trail, 'Properties.AdvancedEventSelectors.2'],
    ['TRAIL-BUCKET-POLICY', bucketPolicy, 'Properties.PolicyDocument.Statement.3.Condition'],
    ['TRAIL-BUCKET-POLICY', bucketPolicy, 'Properties.PolicyDocument.Statement.4.Condition'],
    ['DELIVERY-TRAIL-BUCKET', bucketPolicy, 'Properties.PolicyDocument.Statement.4'],
    ['DELIVERY-TRAIL-KEY', key, 'Properties.KeyPolicy.Statement.1'],
    ['DELIVERY-TRAIL-LOG', logPolicy, 'Properties.PolicyDocument.Statement.0'],
    ['STORAGE-OBJECT-LOCK', bucket, 'Properties.ObjectLockConfiguration'],
    ['STORAGE-ACCESS-LOG', bucket, 'Properties.LoggingConfiguration'],
    ['STORAGE-POLICY-SERVICE', bucketPolicy, 'Properties.PolicyDocument.Statement.3.Condition'],
    ['STORAGE-POLICY-SERVICE', bucketPolicy, 'Properties.PolicyDocument.Statement.4.Condition'],
    ['KEY-SERVICE-SOURCE', key, 'Properties.KeyPolicy.Statement.1.Condition'],
    ['KEY-ROTATION', key, 'Properties.EnableKeyRotation'],
    ['LOG-CMK', log, 'Properties.KmsKeyId'],
    ['LOG-RETENTION', log, 'Properties.RetentionInDays'],
    ['ALARM-ACTION', silent, 'Properties.AlarmActions'],
  ])('that lacks a default of it violates %s', (control, id, path) => {
    expect(outcomesWithout(template, id, path, control)).toContain('violation');
  });
});

test('violates no control with a foundation and a reader in other stacks', () => {
  const app = new App();
  const home = new Stack(app, 'Home');
  const stack = new Stack(app, 'Stack');
  const readers = new Stack(app, 'Readers');
  const trail = new audit.AuditTrail(stack, 'Trail', { foundation: new foundation.Foundation(home, 'Shared') });
  trail.grantRead(new iam.Role(readers, 'Reader', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }));
  app.synth();

  expect(findingsIn(home, stack, readers)).toEqual([]);
});

test.each([...NAG_PACKS])('has no finding of %s that is not acknowledged with a reason', (_name, pack) => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  new audit.AuditTrail(stack, 'Trail', { insights: audit.TrailInsights.MANAGEMENT });
  // A pack that has nothing to say writes no report; each has something to say of this.
  new storage.DeadLetterQueue(stack, 'Failures');
  const { conclusion, violations, reasons } = judgedBy(pack(), app);

  expect([conclusion, violations]).toEqual(['success', []]);
  for (const reason of reasons) expect(reason.length).toBeGreaterThan(60);
});

test('the same input gives the same template', () => {
  const [first, second] = [1, 2].map(() => {
    const stack = new Stack(new App(), 'Stack');
    trailIn(stack);
    return JSON.stringify(Template.fromStack(stack).toJSON());
  });
  expect(first).toBe(second);
});
