import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { audit, core, policy } from '../../src';
import { findingsOfPacks } from '../nag-packs';

const PACK = join(__dirname, 'packs/two-rules.yaml');
const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const newStack = () => new Stack(new App({ analyticsReporting: false }), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });

function templateOf(props: (stack: Stack) => audit.ComplianceBaselineProps): Template {
  const stack = newStack();
  new audit.ComplianceBaseline(stack, 'Baseline', props(stack));
  return Template.fromStack(stack);
}

const EVERYTHING: audit.ComplianceBaselineProps = {
  config: audit.ConfigRecording.here({ createServiceLinkedRole: true }),
  conformancePacks: [audit.ConformancePack.fromFile('First', PACK, { parameters: { MaxAge: '30' } }), audit.ConformancePack.fromFile('Second', PACK)],
  securityHub: audit.SecurityHub.here(audit.SecurityStandard.CIS_5_0_0, audit.SecurityStandard.PCI_DSS_4_0_1),
  accessAnalyzers: [audit.AccessAnalyzer.externalAccess(), audit.AccessAnalyzer.unusedAccess()],
  guardDuty: audit.GuardDuty.here(),
  accountDefaults: [audit.AccountDefault.functionScanning(), audit.AccountDefault.publicAccessBlock(), audit.AccountDefault.diskEncryption()],
};

describe('with every service', () => {
  const stack = newStack();
  new audit.ComplianceBaseline(stack, 'Baseline', EVERYTHING);
  const template = Template.fromStack(stack);
  const only = (type: string) => Object.entries(template.findResources(type));

  test('records all resources all the time, in the name of the service-linked role', () => {
    template.hasResource('AWS::Config::ConfigurationRecorder', {
      ...RETAINED,
      Properties: {
        RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
        RecordingMode: { RecordingFrequency: 'CONTINUOUS' },
        RoleARN: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig']] },
      },
      DependsOn: Match.arrayWith([only('AWS::IAM::ServiceLinkedRole')[0][0]]),
    });
    template.hasResource('AWS::IAM::ServiceLinkedRole', RETAINED);
  });

  test('delivers the history to an encrypted bucket that AWS Config may write to for this account alone', () => {
    const [[bucketId]] = only('AWS::S3::Bucket').filter(([id]) => id.includes('History'));
    const [[policyId]] = only('AWS::S3::BucketPolicy').filter(([id]) => id.includes('History'));
    template.hasResource('AWS::Config::DeliveryChannel', {
      ...RETAINED, DependsOn: [policyId], Properties: { S3BucketName: { Ref: bucketId }, S3KmsKeyArn: Match.anyValue() },
    });
    // Each waits for the other, so that both begin when the bucket is there.
    template.hasResource('AWS::Config::ConfigurationRecorder', { DependsOn: Match.arrayWith([policyId]) });
    // A channel that stays could deliver no more without its bucket, or its policy.
    template.hasResource('AWS::S3::BucketPolicy', { ...RETAINED, Properties: { Bucket: { Ref: bucketId } } });
    const ofConfig = { Service: 'config.amazonaws.com' };
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: bucketId },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: ofConfig, Action: ['s3:GetBucketAcl', 's3:ListBucket'], Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
          }),
          Match.objectLike({
            Principal: ofConfig,
            Action: 's3:PutObject',
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucketId, 'Arn'] }, '/AWSLogs/123456789012/Config/*']] },
            Condition: { StringEquals: { 'aws:SourceAccount': '123456789012', 's3:x-amz-acl': 'bucket-owner-full-control' } },
          }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      Description: Match.stringLikeRegexp('trails, logs and evidence'),
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Principal: ofConfig, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        })]),
      },
    });
  });

  test('makes packs one after the other, once there is a recorder', () => {
    const [[recorderId]] = only('AWS::Config::ConfigurationRecorder');
    const [[firstId, first], [, second]] = only('AWS::Config::ConformancePack');
    expect(first).toMatchObject({
      ...RETAINED,
      DependsOn: [recorderId],
      Properties: { ConformancePackName: 'First', ConformancePackInputParameters: [{ ParameterName: 'MaxAge', ParameterValue: '30' }] },
    });
    expect(JSON.stringify(first.Properties.TemplateS3Uri)).toContain('s3://');
    expect(second).toMatchObject({ DependsOn: expect.arrayContaining([firstId, recorderId]) });
    expect(second.Properties).not.toHaveProperty('ConformancePackInputParameters');
  });

  test('enables Security Hub with the standards that are named, and no others', () => {
    const [[hubId]] = only('AWS::SecurityHub::Hub');
    template.hasResource('AWS::SecurityHub::Hub', { ...RETAINED, Properties: { EnableDefaultStandards: false, ControlFindingGenerator: 'SECURITY_CONTROL' } });
    const standards = only('AWS::SecurityHub::Standard').map(([, standard]) => standard);
    expect(standards.map(({ Properties: { StandardsArn: { 'Fn::Join': [, parts] } } }) => parts.at(-1))).toEqual([
      ':securityhub:eu-west-1::standards/cis-aws-foundations-benchmark/v/5.0.0', ':securityhub:eu-west-1::standards/pci-dss/v/4.0.1',
    ]);
    for (const standard of standards) expect(standard).toMatchObject({ ...RETAINED, DependsOn: expect.arrayContaining([hubId]) });
  });

  test('analyzes who reaches the account from outside, and what nobody uses', () => {
    const analyzers = only('AWS::AccessAnalyzer::Analyzer').map(([, analyzer]) => analyzer);
    expect(analyzers).toEqual([
      expect.objectContaining({ ...RETAINED, Properties: { Type: 'ACCOUNT' } }),
      expect.objectContaining({
        ...RETAINED,
        Properties: { Type: 'ACCOUNT_UNUSED_ACCESS', AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge: 90 } } },
      }),
    ]);
  });

  test('has GuardDuty watch buckets and functions, and says of the rest that it does not', () => {
    template.hasResource('AWS::GuardDuty::Detector', {
      ...RETAINED,
      Properties: {
        Enable: true,
        Features: [
          { Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }, { Name: 'LAMBDA_NETWORK_LOGS', Status: 'ENABLED' }, { Name: 'RDS_LOGIN_EVENTS', Status: 'DISABLED' },
          { Name: 'EBS_MALWARE_PROTECTION', Status: 'DISABLED' }, { Name: 'EKS_AUDIT_LOGS', Status: 'DISABLED' },
        ],
      },
    });
  });

  test.each([
    ['threats', { 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], 'detail': { severity: [{ numeric: ['>=', 7] }] } }],
    ['access from outside', { 'source': ['aws.access-analyzer'], 'detail-type': ['Access Analyzer Finding'], 'detail': { status: ['ACTIVE'] } }],
    ['vulnerable functions', {
      'source': ['aws.inspector2'],
      'detail-type': ['Inspector2 Finding'],
      'detail': { severity: ['HIGH', 'CRITICAL'], status: ['ACTIVE'], resources: { type: ['AWS_LAMBDA_FUNCTION'] } },
    }],
  ])('tells the alert topic of %s', (_what, EventPattern) => {
    const Targets = [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('Alerts') } })];
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike(EventPattern), Targets });
  });

  test('turns the defaults on with no more rights than they take, before which the rights are there', () => {
    const defaults = ['public-access-block', 'disk-encryption', 'function-scanning', 'function-code-scanning'];
    const [[policyId]] = only('AWS::IAM::Policy').filter(([id]) => id.includes('DefaultsHandler'));
    template.hasResource('Custom::AccountDefaults', { DependsOn: [policyId], Properties: { Defaults: defaults } });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { ACCOUNT_ID: '123456789012', DEFAULTS: JSON.stringify(defaults) } }, ReservedConcurrentExecutions: 1,
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Action: [
              's3:GetAccountPublicAccessBlock', 's3:PutAccountPublicAccessBlock', 'ec2:GetEbsEncryptionByDefault', 'ec2:EnableEbsEncryptionByDefault',
              'inspector2:BatchGetAccountStatus', 'inspector2:Enable',
            ],
            Resource: '*',
          },
          Match.objectLike({ Action: 'iam:CreateServiceLinkedRole', Condition: { StringEquals: { 'iam:AWSServiceName': 'inspector2.amazonaws.com' } } }),
        ]),
      },
    });
  });

  test.each(['Off', 'Failure', 'Unattended'])('has an alarm on %s', (name) => {
    expect(only('AWS::CloudWatch::Alarm').filter(([id]) => id.includes(`DefaultsAlarms${name}`))).toHaveLength(1);
  });

  test('no pack finds anything, nor does this library\'s own policy', () => {
    const judged = newStack();
    new audit.ComplianceBaseline(judged, 'Baseline', EVERYTHING);
    const app = judged.node.root as App;
    policy.IntegrationPolicy.enforce(app, { asOf: '2026-11-25' });
    for (const [pack, violations] of Object.entries(findingsOfPacks(app))) expect([pack, violations]).toEqual([pack, []]);
  });
});

const LEFT_TO_OTHERS: audit.ComplianceBaselineProps = {
  config: audit.ConfigRecording.managedByOrganization(),
  conformancePacks: [audit.ConformancePack.fromFile('First', PACK)],
  securityHub: audit.SecurityHub.managedByOrganization(),
  guardDuty: audit.GuardDuty.managedByOrganization({ alertFrom: 4 }),
};

describe('with what an organization manages', () => {
  const template = templateOf(() => LEFT_TO_OTHERS);

  test.each([
    'AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::SecurityHub::Hub', 'AWS::SecurityHub::Standard', 'AWS::GuardDuty::Detector',
    'Custom::AccountDefaults', 'AWS::AccessAnalyzer::Analyzer',
  ])('makes no %s', (type) => template.resourceCountIs(type, 0));

  test('makes what is asked for beside it, and still tells of threats', () => {
    template.resourceCountIs('AWS::Config::ConformancePack', 1);
    template.hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike({ detail: { severity: [{ numeric: ['>=', 4] }] } }) });
  });
});

test('says for the report what it leaves to others, and what Amazon Inspector does not look at', () => {
  const limitsOf = (props: audit.ComplianceBaselineProps) => new audit.ComplianceBaseline(newStack(), 'Baseline', props).node.findAll()
    .flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'cdk-secure-integrations:limit').map(({ data }) => data as object);
  const limit = (what: string) => ({
    control: 'ACCOUNT-BASELINE', text: `Whether ${what} is not told here, since somebody else manages it, such as the organization's administrator.`,
  });
  expect(limitsOf(LEFT_TO_OTHERS)).toEqual(['AWS Config records', 'Security Hub CSPM is enabled', 'GuardDuty watches'].map(limit));
  expect(limitsOf(EVERYTHING)).toEqual([{
    control: 'ACCOUNT-BASELINE',
    text: 'functions that a customer-managed key encrypts are not scanned, since Amazon Inspector supports none; whoever builds them has to look for known '
      + 'vulnerabilities in their packages',
  }]);
});

test('adds standards to a Security Hub that somebody else enabled', () => {
  const template = templateOf(() => ({
    config: audit.ConfigRecording.managedByOrganization(),
    securityHub: audit.SecurityHub.enabled(audit.SecurityStandard.of('nist-800-53/v/5.0.0')),
  }));
  template.resourceCountIs('AWS::SecurityHub::Hub', 0);
  template.resourceCountIs('AWS::SecurityHub::Standard', 1);
});

test('leaves resources of no Region to another recorder by waiver, and keeps the history as long as it is told to', () => {
  const stack = newStack();
  const withoutGlobalResources = core.Waiver.because('the recorder of us-east-1 records them', { owner: 'platform', expires: '2027-06-30' });
  const baseline = new audit.ComplianceBaseline(stack, 'Baseline', { config: audit.ConfigRecording.here({ withoutGlobalResources, retention: Duration.days(3650) }) });
  expect(baseline.node.findChild('Config').node.metadata.map(({ data }) => data as object)).toContainEqual(
    expect.objectContaining({ control: 'CONFIG-RECORDER', finding: 'NoGlobalTypes', owner: 'platform' }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Config::ConfigurationRecorder', { RecordingGroup: { IncludeGlobalResourceTypes: false } });
  template.resourceCountIs('AWS::IAM::ServiceLinkedRole', 0);
  template.hasResourceProperties('AWS::S3::Bucket', { LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 3650 })]) } });
});

test('analyzes who of the account reaches what is most sensitive', () => {
  const template = templateOf((stack) => ({
    accessAnalyzers: [audit.AccessAnalyzer.internalAccess({
      buckets: [s3.Bucket.fromBucketName(stack, 'Bucket', 'vault')], tables: [dynamodb.Table.fromTableName(stack, 'Table', 'vault')],
    })],
  }));
  template.hasResourceProperties('AWS::AccessAnalyzer::Analyzer', {
    Type: 'ACCOUNT_INTERNAL_ACCESS',
    AnalyzerConfiguration: {
      InternalAccessConfiguration: { InternalAccessAnalysisRule: { Inclusions: [{ ResourceArns: [Match.anyValue(), Match.anyValue()] }] } },
    },
  });
  template.resourceCountIs('AWS::Events::Rule', 0);
});

test('gives disks a key of yours, whose policy lets the account use it through Amazon EC2', () => {
  const template = templateOf((stack) => ({ accountDefaults: [audit.AccountDefault.diskEncryption(new kms.Key(stack, 'Disks', { enableKeyRotation: true }))] }));
  const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Disks'), 'Arn'] };
  template.hasResourceProperties('Custom::AccountDefaults', { Defaults: ['disk-encryption'], DiskKeyArn: key });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { DISK_KEY_ARN: key } } });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Action: ['ec2:GetEbsEncryptionByDefault', 'ec2:EnableEbsEncryptionByDefault', 'ec2:GetEbsDefaultKmsKeyId', 'ec2:ModifyEbsDefaultKmsKeyId'],
      })]),
    },
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: 'kms:CreateGrant', Condition: Match.objectLike({ Bool: { 'kms:GrantIsForAWSResource': 'true' } }) }),
      ]),
    },
  });
});

test('scans no code of functions where it is told not to', () => {
  const template = templateOf(() => ({ accountDefaults: [audit.AccountDefault.functionScanning({ code: false })] }));
  template.hasResourceProperties('Custom::AccountDefaults', { Defaults: ['function-scanning'] });
});

test('takes packs from a bucket and from a document', () => {
  const template = templateOf((stack) => ({
    config: audit.ConfigRecording.managedByOrganization(),
    conformancePacks: [
      audit.ConformancePack.fromBucket('Stored', s3.Bucket.fromBucketName(stack, 'Packs', 'packs'), 'hipaa.yaml'),
      audit.ConformancePack.fromDocument('Documented', new ssm.CfnDocument(stack, 'Document', { content: {}, documentType: 'ConformancePackTemplate' })),
    ],
  }));
  template.hasResourceProperties('AWS::Config::ConformancePack', { TemplateS3Uri: 's3://packs/hipaa.yaml' });
  template.hasResourceProperties('AWS::Config::ConformancePack', { TemplateSSMDocumentDetails: { DocumentName: { Ref: 'Document' } } });
});
