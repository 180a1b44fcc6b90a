import { App, CfnOutput, Mixins, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { audit } from '../../src';

const { mixins } = audit;
const MANAGEMENT = { FieldSelectors: [{ Equals: ['Management'], Field: 'eventCategory' }] };

function trailIn(stack: Stack, props: Partial<cloudtrail.CfnTrailProps> = {}): cloudtrail.CfnTrail {
  return new cloudtrail.CfnTrail(stack, 'Trail', { isLogging: true, s3BucketName: 'trail-111122223333', ...props });
}

function rendered(stack: Stack): Record<string, any> {
  return Object.values(Template.fromStack(stack).findResources('AWS::CloudTrail::Trail'))[0].Properties;
}

test('a key of the app is told to let CloudTrail encrypt', () => {
  const stack = new Stack(new App(), 'Stack');
  trailIn(stack).with(new mixins.TrailEncryption(new kms.Key(stack, 'Key')));

  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'kms:GenerateDataKey*' })]) },
  });
});

describe('TrailManagementEvents', () => {
  test('keeps the selectors of data and takes the place of those of management events', () => {
    const stack = new Stack(new App(), 'Stack');
    const objects = { fieldSelectors: [{ field: 'eventCategory', equalTo: ['Data'] }, { field: 'resources.type', equalTo: ['AWS::S3::Object'] }] };
    const writes = { fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }, { field: 'readOnly', equalTo: ['false'] }] };
    trailIn(stack, { advancedEventSelectors: [writes, objects], eventSelectors: [] }).with(new mixins.TrailManagementEvents());

    expect(rendered(stack)).toMatchObject({ AdvancedEventSelectors: [MANAGEMENT, { FieldSelectors: [{ Equals: ['Data'] }, { Equals: ['AWS::S3::Object'] }] }] });
    expect(rendered(stack)).not.toHaveProperty('EventSelectors');
  });

  test('has the first of basic selectors take all management events', () => {
    const stack = new Stack(new App(), 'Stack');
    const dataResources = [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }];
    trailIn(stack, { eventSelectors: [{ readWriteType: 'WriteOnly', excludeManagementEventSources: ['kms.amazonaws.com'], dataResources }] }).with(new mixins.TrailManagementEvents());

    expect(rendered(stack).EventSelectors).toEqual([{
      DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }], IncludeManagementEvents: true, ReadWriteType: 'All',
    }]);
  });
});

test.each([
  ['TRAIL-COVERAGE', new mixins.TrailCoverage(), 'IsLogging'],
  ['TRAIL-VALIDATION', new mixins.TrailValidation(), 'EnableLogFileValidation'],
  ['TRAIL-SELECTORS', new mixins.TrailManagementEvents(), 'AdvancedEventSelectors'],
] as const)('%s that is undone later fails the synthesis', (control, mixin, property) => {
  const app = new App();
  const trail = trailIn(new Stack(app, 'Stack'), { advancedEventSelectors: [{ fieldSelectors: [] }] }).with(mixin) as cloudtrail.CfnTrail;
  trail.addPropertyOverride(property, property === 'AdvancedEventSelectors' ? [] : false);
  expect(() => app.synth()).toThrow(`${control} does not hold although`);
});

test('mixins pass by whatever is no trail', () => {
  const stack = new Stack(new App(), 'Stack');
  const bucket = new s3.Bucket(stack, 'Bucket');
  new CfnOutput(stack, 'Output', { value: bucket.bucketName });
  const before = JSON.stringify(Template.fromStack(stack).toJSON());
  const all = [new mixins.TrailCoverage(), new mixins.TrailValidation(), new mixins.TrailManagementEvents(), new mixins.DetectorEnabled()];
  for (const mixin of all) {
    Mixins.of(stack).apply(mixin);
    mixin.applyTo(bucket);
  }
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).toBe(before);
});
