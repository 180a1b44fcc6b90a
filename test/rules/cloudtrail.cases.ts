import { ACL, attribute, guarded, KEY_ARN, PARAMETER, PUT, statementsIn, trail, trailIn } from './cloudtrail/templates';
import { ControlCase } from './control-case';

const field = (Field: string, operators: object) => ({ Field, ...operators });
const MANAGEMENT = field('eventCategory', { Equals: ['Management'] });
const DATA = field('eventCategory', { Equals: ['Data'] });
const ofType = (type: string) => field('resources.type', { Equals: [type] });
const advanced = (...selectors: object[][]) => ({ AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })) });
const basic = (...selectors: object[]) => ({ EventSelectors: selectors });

const OBJECTS = 'AWS::S3::Object';
const ITEMS = 'AWS::DynamoDB::Table';
const REGULATED = { Key: 'cdk-secure-integrations:data-class', Value: 'regulated' };
const FILES = { Files: { Type: 'AWS::S3::Bucket', Properties: {} } };
const RECORDS = { Files: { Type: 'AWS::S3::Bucket', Properties: { Tags: [REGULATED] } } };
const VAULT = { Vault: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: [REGULATED] } } };
const OTHER = { Other: { Type: 'AWS::DynamoDB::Table', Properties: {} } };
const ALL_OBJECTS = [DATA, ofType(OBJECTS)];
const VAULT_ITEMS = [DATA, ofType(ITEMS), field('resources.ARN', { Equals: [attribute('Vault', 'Arn')] })];
const FILES_PREFIX = { 'Fn::Sub': '${Files.Arn}/' };

/** What a trail records, and how it is kept. */
export const CLOUDTRAIL_CASES: readonly ControlCase[] = [
  {
    control: 'TRAIL-COVERAGE',
    passing: {
      'every Region': trail(),
      'every Region, and global events by default': trail({ IncludeGlobalServiceEvents: undefined, IsLogging: 'true' }),
    },
    failing: [
      { finding: 'NotLogging', template: trail({ IsLogging: false }) },
      { finding: 'OneRegion', template: trail({ IsMultiRegionTrail: undefined }) },
      { finding: 'NoGlobalEvents', template: trail({ IncludeGlobalServiceEvents: false }) },
      { finding: 'NoGlobalEvents', template: trail({ IsMultiRegionTrail: false, IncludeGlobalServiceEvents: undefined }) },
      { finding: 'UnresolvedCoverage', template: trail({ IsLogging: PARAMETER }) },
    ],
    mutations: [
      { name: 'switch it off', finding: 'NotLogging', mutate: (t) => { trailIn(t).IsLogging = false; } },
      { name: 'one Region', finding: 'OneRegion', mutate: (t) => { trailIn(t).IsMultiRegionTrail = false; } },
      { name: 'without IAM', finding: 'NoGlobalEvents', mutate: (t) => { trailIn(t).IncludeGlobalServiceEvents = false; } },
    ],
  },
  {
    control: 'TRAIL-VALIDATION',
    passing: { 'digest files': trail() },
    failing: [
      { finding: 'NotValidated', template: trail({ EnableLogFileValidation: undefined }) },
      { finding: 'UnresolvedValidation', template: trail({ EnableLogFileValidation: PARAMETER }) },
    ],
    mutations: [{ name: 'no digest files', finding: 'NotValidated', mutate: (t) => { trailIn(t).EnableLogFileValidation = false; } }],
  },
  {
    control: 'TRAIL-CMK',
    passing: { 'a key of the template': trail(), 'a key by ARN': trail({ KMSKeyId: KEY_ARN }), 'an alias': trail({ KMSKeyId: 'alias/audit' }) },
    failing: [
      { finding: 'NoKey', template: trail({ KMSKeyId: undefined }) },
      { finding: 'AwsManagedKey', template: trail({ KMSKeyId: 'alias/aws/s3' }) },
      { finding: 'UnresolvedKey', template: trail({ KMSKeyId: PARAMETER }) },
    ],
    mutations: [{ name: 'drop the key', finding: 'NoKey', mutate: (t) => delete trailIn(t).KMSKeyId }],
  },
  {
    control: 'TRAIL-LOG-GROUP',
    passing: { 'a group and a role': trail() },
    failing: [
      { finding: 'NoLogGroup', template: trail({ CloudWatchLogsLogGroupArn: undefined, CloudWatchLogsRoleArn: undefined }) },
      { finding: 'NoRole', template: trail({ CloudWatchLogsRoleArn: undefined }) },
      { finding: 'UnresolvedLogGroup', template: trail({ CloudWatchLogsLogGroupArn: PARAMETER }) },
    ],
    mutations: [
      { name: 'drop the group', finding: 'NoLogGroup', mutate: (t) => delete trailIn(t).CloudWatchLogsLogGroupArn },
      { name: 'drop the role', finding: 'NoRole', mutate: (t) => delete trailIn(t).CloudWatchLogsRoleArn },
    ],
  },
  {
    control: 'TRAIL-SELECTORS',
    passing: {
      'all management events': trail(advanced([MANAGEMENT], ALL_OBJECTS)),
      'no selector': trail(),
      'an empty list of basic selectors': trail(basic()),
      'reads by one selector and writes by another': trail(advanced([MANAGEMENT, field('readOnly', { Equals: ['true'] })], [MANAGEMENT, field('readOnly', { Equals: ['false'] })])),
      'data that is not told beside': trail(basic({ DataResources: [PARAMETER] })),
      'a basic selector that says nothing': trail(basic({ DataResources: [{ Type: OBJECTS, Values: ['arn:aws:s3'] }] })),
    },
    failing: [
      { finding: 'BothKinds', template: trail({ ...advanced([MANAGEMENT]), ...basic() }) },
      { finding: 'NoManagementEvents', template: trail(advanced(ALL_OBJECTS)) },
      { finding: 'NoManagementEvents', template: trail(basic({ IncludeManagementEvents: false })) },
      { finding: 'ReadsOrWrites', template: trail(advanced([MANAGEMENT, field('readOnly', { Equals: ['false'] })])) },
      { finding: 'ReadsOrWrites', template: trail(basic({ ReadWriteType: 'WriteOnly' })) },
      { finding: 'Excluded::kms.amazonaws.com', template: trail(advanced([MANAGEMENT, field('eventSource', { NotEquals: ['kms.amazonaws.com'] })])) },
      { finding: 'Excluded::kms.amazonaws.com', template: trail(basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] })) },
      { finding: 'Narrowed::eventName', template: trail(advanced([MANAGEMENT, field('eventName', { NotEquals: ['Decrypt'] })])) },
      { finding: 'Narrowed::eventSource', template: trail(advanced([MANAGEMENT, field('eventSource', { Equals: ['iam.amazonaws.com'] })])) },
      { finding: 'UnresolvedSelectors', template: trail({ AdvancedEventSelectors: PARAMETER }) },
      { finding: 'UnresolvedSelectors', template: trail(advanced([field('eventCategory', { Equals: PARAMETER })])) },
      { finding: 'UnresolvedSelectors', template: trail(basic({ ReadWriteType: PARAMETER })) },
      { finding: 'UnresolvedSelectors', template: trail(basic({ IncludeManagementEvents: PARAMETER })) },
    ],
    mutations: [
      { name: 'drop management events', finding: 'NoManagementEvents', mutate: (t) => trailIn(t).AdvancedEventSelectors.shift() },
      {
        name: 'leave out AWS KMS',
        finding: 'Excluded::kms.amazonaws.com',
        mutate: (t) => trailIn(t).AdvancedEventSelectors[0].FieldSelectors.push(field('eventSource', { NotEquals: ['kms.amazonaws.com'] })),
      },
      { name: 'writes alone', finding: 'ReadsOrWrites', mutate: (t) => trailIn(t).AdvancedEventSelectors[0].FieldSelectors.push(field('readOnly', { Equals: ['false'] })) },
    ],
  },
  {
    control: 'TRAIL-DATA-EVENTS',
    passing: {
      'the objects of a bucket and the items of a table': trail(
        advanced([MANAGEMENT], [DATA, ofType(OBJECTS), field('resources.ARN', { StartsWith: [FILES_PREFIX] })], VAULT_ITEMS), { ...RECORDS, ...VAULT, ...OTHER },
      ),
      'all objects but those of the trail': trail(advanced([DATA, ofType(OBJECTS), field('resources.ARN', { NotStartsWith: [{ 'Fn::Sub': '${Bucket.Arn}/' }] })]), RECORDS),
      'some bucket, where none is regulated': trail(advanced([DATA, ofType(OBJECTS), field('resources.ARN', { StartsWith: ['arn:aws:s3:::other/'] })]), FILES),
      'reads by one selector and writes by another': trail(
        advanced([...ALL_OBJECTS, field('readOnly', { Equals: ['true'] })], [...ALL_OBJECTS, field('readOnly', { Equals: ['false'] })]), RECORDS,
      ),
      'a basic selector': trail(basic({ DataResources: [{ Type: OBJECTS, Values: ['arn:aws:s3'] }] }), RECORDS),
      'by another trail': trail({}, { ...RECORDS, Other: { Type: 'AWS::CloudTrail::Trail', Properties: advanced(ALL_OBJECTS) } }),
      'a function that reads regulated data': trail(advanced([DATA, ofType('AWS::Lambda::Function')]), {
        Reveal: { Type: 'AWS::Lambda::Function', Properties: { Tags: [REGULATED] } },
      }),
      'a bucket that keeps access logs': trail(advanced(VAULT_ITEMS), {
        ...VAULT,
        AccessLogs: { Type: 'AWS::S3::Bucket', Properties: {} },
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'AccessLogs' } } } },
      }),
    },
    failing: [
      { finding: 'NoDataEvents::AWS::S3::Object', template: trail(advanced([MANAGEMENT]), FILES) },
      { finding: 'NoDataEvents::AWS::S3::Object', template: trail({}, FILES) },
      {
        finding: 'NoDataEvents::AWS::S3::Object',
        template: trail(advanced([...ALL_OBJECTS, field('resources.ARN', { StartsWith: [{ 'Fn::Sub': '${Bucket.Arn}/' }] })]), FILES),
      },
      { finding: 'NoDataEvents::AWS::DynamoDB::Table', template: trail(advanced(ALL_OBJECTS), { ...FILES, ...VAULT }) },
      { finding: 'Unrecorded::Vault', template: trail(advanced([DATA, ofType(ITEMS), field('resources.ARN', { Equals: [attribute('Other', 'Arn')] })]), { ...VAULT, ...OTHER }) },
      { finding: 'Unrecorded::Files', template: trail(advanced([...ALL_OBJECTS, field('resources.ARN', { NotStartsWith: [FILES_PREFIX] })]), RECORDS) },
      { finding: 'Unrecorded::Files', template: trail(advanced([...ALL_OBJECTS, field('readOnly', { Equals: ['false'] })]), RECORDS) },
      { finding: 'Unrecorded::Files', template: trail(advanced([...ALL_OBJECTS, field('eventName', { Equals: ['DeleteObject'] })]), RECORDS) },
      { finding: 'Unrecorded::Reveal', template: trail(advanced([MANAGEMENT]), { Reveal: { Type: 'AWS::Lambda::Function', Properties: { Tags: [REGULATED] } } }) },
      {
        finding: 'Unrecorded::Global',
        template: trail(advanced([MANAGEMENT]), { Global: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ Region: 'eu-west-1', Tags: [REGULATED] }] } } }),
      },
      { finding: 'UnresolvedSelectors', template: trail(advanced([...ALL_OBJECTS, field('resources.ARN', { StartsWith: [PARAMETER] })]), RECORDS) },
      { finding: 'UnresolvedSelectors', template: trail({ AdvancedEventSelectors: PARAMETER }, RECORDS) },
      { finding: 'UnresolvedSelectors', template: trail({ EventSelectors: PARAMETER }) },
      { finding: 'UnresolvedSelectors', template: trail(advanced([...ALL_OBJECTS, field('resources.ARN', { EndsWith: ['.csv'] })]), RECORDS) },
    ],
    mutations: [
      { name: 'drop the objects', finding: 'NoDataEvents::AWS::S3::Object', mutate: (t) => trailIn(t).AdvancedEventSelectors.splice(1, 1) },
      { name: 'drop the items', finding: 'NoDataEvents::AWS::DynamoDB::Table', mutate: (t) => trailIn(t).AdvancedEventSelectors.pop() },
      { name: 'another table', finding: 'Unrecorded::Vault', mutate: (t) => { trailIn(t).AdvancedEventSelectors[2].FieldSelectors[2].Equals = [attribute('Other', 'Arn')]; } },
      { name: 'writes alone', finding: 'Unrecorded::Files', mutate: (t) => trailIn(t).AdvancedEventSelectors[1].FieldSelectors.push(field('readOnly', { Equals: ['false'] })) },
    ],
  },
  {
    control: 'TRAIL-BUCKET-POLICY',
    passing: { 'statements for one trail': trail(), 'and a Deny': guarded(ACL, PUT, { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }) },
    failing: [
      { finding: 'NoSourceArn', template: guarded({ ...ACL, Condition: undefined }, PUT) },
      { finding: 'NoSourceArn', template: guarded(ACL, { ...PUT, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }) },
      { finding: 'NoSourceArn', template: guarded(ACL, { ...PUT, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/*' } } }) },
      { finding: 'UntoldPolicy', template: trail({ S3BucketName: 'elsewhere' }) },
      { finding: 'UntoldPolicy', template: guarded({ ...ACL, Condition: PARAMETER }, PUT) },
      { finding: 'UntoldPolicy', template: trail({}, { Another: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: PARAMETER, PolicyDocument: { Statement: [] } } } }) },
    ],
    mutations: [
      { name: 'whatever trail asks for the ACL', finding: 'NoSourceArn', mutate: (t) => delete statementsIn(t)[0].Condition },
      { name: 'whatever trail writes', finding: 'NoSourceArn', mutate: (t) => delete statementsIn(t)[1].Condition.StringEquals['aws:SourceArn'] },
    ],
  },
];
