import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { audit, core } from '../../src';
import { CIS_DETECTIONS, DETECTIONS } from '../../src/audit/private/detections';
import { propertiesOf } from '../storage/templates';

const waiver = core.Waiver.because('the account of the sandbox has no network of its own', { owner: 'platform', expires: '2027-06-30' });

/** A trail that somebody else deploys, so that there is nothing in the template but what is looked at. */
function trailIn(stack: Stack): audit.IAuditTrail {
  return audit.AuditTrail.fromTrailAttributes(stack, 'Trail', {
    trailArn: 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/organization',
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'trail-files'),
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Log', 'trail-events'),
  });
}

function detect(props: Partial<audit.DetectionsProps> = {}): { readonly stack: Stack; readonly detections: audit.Detections } {
  const stack = new Stack(new App(), 'Stack');
  return { stack, detections: new audit.Detections(stack, 'Detections', { trail: trailIn(stack), ...props }) };
}

/** Filter and alarm of each detection, by its id. */
function watchedIn(stack: Stack): Record<string, { filter: any; alarm: any }> {
  const filters = Object.values(propertiesOf(stack, 'AWS::Logs::MetricFilter'));
  const alarms = Object.values(propertiesOf(stack, 'AWS::CloudWatch::Alarm')).filter(({ Namespace }) => Namespace === 'SecureIntegrations/Audit');
  expect(alarms).toHaveLength(filters.length);
  return Object.fromEntries(filters.map((filter) => {
    const [{ MetricName: name }] = filter.MetricTransformations;
    return [name.slice(0, -9), { filter, alarm: alarms.find(({ MetricName }) => MetricName === name) }];
  }));
}

describe('by default', () => {
  const { stack, detections } = detect();
  const watched = watchedIn(stack);

  test('watches for everything, with the strict texts', () => {
    expect(Object.fromEntries(Object.entries(watched).map(([id, { filter }]) => [id, filter.FilterPattern])))
      .toEqual(Object.fromEntries(DETECTIONS.map(({ id, patterns }) => [id, patterns.strict])));
    expect(detections.alarms).toHaveLength(DETECTIONS.length);
  });

  test('counts events of the log group of the trail, and nothing while nothing happens', () => {
    for (const { filter } of Object.values(watched)) {
      expect(filter.LogGroupName).toBe('trail-events');
      expect(filter.MetricTransformations).toEqual([expect.objectContaining({ MetricNamespace: 'SecureIntegrations/Audit', MetricValue: '1', DefaultValue: 0 })]);
    }
  });

  test('raises an alarm at the first event in five minutes, and tells the alert topic', () => {
    for (const { alarm } of Object.values(watched)) {
      expect(alarm).toMatchObject({
        Statistic: 'Sum',
        Period: 300,
        Threshold: 1,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [{ Ref: expect.stringMatching(/^FoundationAlerts/) }],
      });
    }
  });

  test('says in each alarm what happened, what to do, and which requirement asks for it', () => {
    expect(watched.RootUsage.alarm.AlarmDescription).toBe('Stack/Detections/RootUsage: The root user did something. Nobody needs the root user in daily work. Find out '
      + 'who it was; if nobody says so, follow the plan for a taken account. Severity: critical. CIS AWS Foundations 4.3 (5.3 from 6.0.0), Security Hub CloudWatch.1.');
    expect(watched.KeyGrants.alarm.AlarmDescription).toMatch(/Severity: medium\.$/);
  });

  test('gives the alarm of a detection by its id', () => {
    expect(stack.resolve(detections.alarmOf('RootUsage').alarmArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^DetectionsRootUsage/), 'Arn'] });
    expect(() => detections.alarmOf('Rootusage')).toThrow("[Stack/Detections] 'id' must be that of a detection, got 'Rootusage'; there are UnauthorizedApiCalls, Console");
  });
});

describe('the profiles', () => {
  const patternsWith = (...profiles: audit.DetectionProfile[]) => Object.fromEntries(
    Object.entries(watchedIn(detect({ profiles }).stack)).map(([id, { filter }]) => [id, filter.FilterPattern]));
  const exact = Object.fromEntries(CIS_DETECTIONS.map(({ id, patterns }) => [id, patterns.securityHubExact]));

  test('have the texts of Security Hub and no others', () => {
    expect(patternsWith(audit.DetectionProfile.SECURITY_HUB_EXACT)).toEqual(exact);
  });

  test('share a log group: a text of both is deployed once, and each other one has its own alarm', () => {
    const both = patternsWith(audit.DetectionProfile.SECURITY_HUB_EXACT, audit.DetectionProfile.STRICT);
    const differing = ['UnauthorizedApiCalls', 'SecurityGroupChanges', 'OrganizationsChanges'];
    expect(Object.keys(both).filter((id) => id.endsWith('Exact')).sort()).toEqual(differing.map((id) => `${id}Exact`).sort());
    for (const id of differing) expect([both[id], both[`${id}Exact`]]).toEqual([DETECTIONS.find((each) => each.id === id)!.patterns.strict, exact[id]]);
    expect(new Set(Object.values(both)).size).toBe(DETECTIONS.length + differing.length);
  });

  test.each<[audit.DetectionProfile[], string]>([
    [[], ''],
    [[audit.DetectionProfile.STRICT, audit.DetectionProfile.STRICT], 'strict, strict'],
  ])('are one or both: not %j', (profiles, got) => {
    expect(() => detect({ profiles })).toThrow(`[Stack/Detections] 'profiles' must be one or both, got [${got}]; leave it out for the strict one`);
  });
});

test.each([
  ['account', { account: '444455556666', region: 'eu-central-1' }, '444455556666 and eu-central-1'],
  ['Region', { account: '111122223333', region: 'eu-west-1' }, '111122223333 and eu-west-1'],
])('refuses the trail of another %s, whose log group is there', (_what, env, own) => {
  const stack = new Stack(new App(), 'Stack', { env });
  expect(() => new audit.Detections(stack, 'Detections', { trail: trailIn(stack) })).toThrow(
    `[Stack/Detections] 'trail' must be one of this stack's account and Region, ${own}, got 111122223333 and eu-central-1; put detections into a stack of`);
});

describe('thresholds', () => {
  test('are those that are given, in each profile', () => {
    const { stack } = detect({
      profiles: [audit.DetectionProfile.STRICT, audit.DetectionProfile.SECURITY_HUB_EXACT],
      thresholds: { UnauthorizedApiCalls: 25, ConsoleAuthFailures: 3 },
    });
    const watched = watchedIn(stack);
    const thresholdOf = (id: string) => watched[id].alarm.Threshold;
    expect(['UnauthorizedApiCalls', 'UnauthorizedApiCallsExact', 'ConsoleAuthFailures', 'RootUsage'].map(thresholdOf)).toEqual([25, 25, 3, 1]);
  });

  test('must be of a detection', () => {
    expect(() => detect({ thresholds: { Unauthorized: 5 } })).toThrow("[Stack/Detections] 'thresholds' must name any of UnauthorizedApiCalls, ");
    expect(() => detect({ thresholds: { Unauthorized: 5 } })).toThrow(", got 'Unauthorized'; 'add' takes that of a detection of your own");
  });

  test.each([0, 1.5])('must be whole and at least one: not %d', (threshold) => {
    expect(() => detect({ thresholds: { RootUsage: threshold } })).toThrow(`[Stack/Detections] 'threshold' must be a whole number between 1 and 100000, got ${threshold}`);
  });
});

describe('what is left out', () => {
  test('has no filter', () => {
    const watched = watchedIn(detect({ without: { NaclChanges: waiver }, leaveOut: ['KeyGrants', 'UnmaskedLogReads'] }).stack);
    expect(DETECTIONS.map(({ id }) => id).filter((id) => !(id in watched))).toEqual(['NaclChanges', 'KeyGrants', 'UnmaskedLogReads']);
  });

  test('waives the control for that detection, at a trail that the template has', () => {
    const stack = new Stack(new App(), 'Stack');
    const trail = new audit.AuditTrail(stack, 'Trail');
    new audit.Detections(stack, 'Detections', { trail, without: { NaclChanges: waiver } });
    const waived = trail.node.metadata.map(({ data }) => data as Record<string, unknown>).filter((data) => data?.control === 'TRAIL-DETECTIONS');
    expect(waived).toEqual([expect.objectContaining({ finding: 'Unwatched::NaclChanges', owner: 'platform', expires: '2027-06-30' })]);
  });

  test('waives nothing at a trail of somebody else, which no control judges here', () => {
    const { stack } = detect({ without: { NaclChanges: waiver } });
    expect(stack.node.findAll().flatMap(({ node }) => node.metadata).filter(({ data }) => JSON.stringify(data ?? '').includes('TRAIL-DETECTIONS'))).toEqual([]);
  });

  test.each<[string, Partial<audit.DetectionsProps>, string, string]>([
    ['of CIS is not left out without a waiver', { leaveOut: ['RootUsage'] }, "'leaveOut' must name any of BreakGlassUse, ", "got 'RootUsage'; those of the list of CIS go to"],
    ['of no control takes no waiver', { without: { KeyGrants: waiver } }, "'without' must name any of UnauthorizedApiCalls, ", "got 'KeyGrants'; others go to 'leaveOut'"],
  ])('%s', (_what, props, rule, got) => {
    expect(() => detect(props)).toThrow(`[Stack/Detections] ${rule}`);
    expect(() => detect(props)).toThrow(got);
  });
});

describe('a detection of your own', () => {
  const own = { title: 'A table was deleted', action: 'Restore it.', pattern: '{ $.eventName = "DeleteTable" }' };

  test('is watched like the others', () => {
    const { stack, detections } = detect();
    const alarm = detections.add('TableDeleted', { ...own, threshold: 2 });
    const { TableDeleted: watched } = watchedIn(stack);
    expect(watched.filter.FilterPattern).toBe(own.pattern);
    expect(watched.alarm).toMatchObject({ Threshold: 2, AlarmDescription: 'Stack/Detections/TableDeleted: A table was deleted. Restore it.', AlarmActions: [expect.anything()] });
    expect(detections.alarmOf('TableDeleted')).toBe(alarm);
    expect(detections.alarms).toContain(alarm);
  });

  test('may have a pattern that deployment alone knows', () => {
    const { stack, detections } = detect();
    detections.add('RoleAssumed', { ...own, pattern: `{ $.recipientAccountId = "${Aws.ACCOUNT_ID}" }` });
    expect(watchedIn(stack).RoleAssumed.filter.FilterPattern).toHaveProperty('Fn::Join');
  });

  test.each([
    ['Table-Deleted', own.pattern, "'id' must be up to 64 letters and digits, got 'Table-Deleted'; write for example 'RepositoryDeleted'"],
    ['RootUsage', own.pattern, "'id' must be that of no other detection, got 'RootUsage'; choose another"],
    ['Twice', own.pattern, "'id' must be that of no other detection, got 'Twice'; choose another"],
    ['TableDeleted', 'DeleteTable', "'pattern' must be one for events in JSON, got one that is no pattern for events in JSON, which stands in braces; write it as "],
    ['TableDeleted', '{ $.eventName IS NOT NULL }', "'pattern' must be one for events in JSON, got one that has 'IS NOT' where "],
    ['TableDeleted', ' ', "'pattern' must say which events count, got one that matches each; write for example '{ $.eventName = \"DeleteTable\" }'"],
  ])('is refused as %s with %s', (id, pattern, message) => {
    const { detections } = detect();
    detections.add('Twice', own);
    expect(() => detections.add(id, { ...own, pattern })).toThrow(`[Stack/Detections] ${message}`);
  });

  test('is refused where the log group takes no more filters', () => {
    const { detections } = detect();
    for (let index = DETECTIONS.length; index < 100; index++) detections.add(`Own${index}`, own);
    expect(() => detections.add('OneMore', own))
      .toThrow("[Stack/Detections] 'id' must be one of at most 100 detections, got 'OneMore'; a log group takes no more metric filters");
  });
});

describe('rules for what cannot wait', () => {
  const { stack, detections } = detect();
  detections.addEventRules();
  const rules = Object.fromEntries(Object.entries(propertiesOf(stack, 'AWS::Events::Rule')).map(([id, rule]) => [id.slice(0, -8), rule]));

  test('tell the alert topic of the root user, and of a trail or a key that is switched off', () => {
    const names = ['RootUsage', 'CloudTrailChanges', 'KmsDisableOrScheduleDeletion'];
    expect(Object.keys(rules).sort()).toEqual(names.map((name) => `Detections${name}Rule`).sort());
    for (const { Targets: targets } of Object.values(rules)) {
      expect(targets).toEqual([expect.objectContaining({ Arn: { Ref: expect.stringMatching(/^FoundationAlerts/) }, DeadLetterConfig: { Arn: expect.anything() } })]);
    }
  });

  test('say which event it is, and nothing that it holds', () => {
    for (const { Targets: [{ InputTransformer: { InputPathsMap: paths } }] } of Object.values(rules)) {
      expect(Object.values(paths).sort()).toEqual(
        ['awsRegion', 'eventID', 'eventName', 'eventSource', 'eventTime', 'sourceIPAddress', 'userIdentity.type'].map((member) => `$.detail.${member}`));
    }
  });

  test('hear of the root user reading', () => {
    expect(rules.DetectionsRootUsageRule.State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
    expect(rules.DetectionsCloudTrailChangesRule.State).toBe('ENABLED');
  });

  test('hear of both spellings of signing in, and of no service that acts for the root user', () => {
    expect(rules.DetectionsRootUsageRule.EventPattern).toEqual({
      'detail-type': ['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail', 'AWS Console Signin via CloudTrail'],
      'detail': { userIdentity: { type: ['Root'], invokedBy: [{ exists: false }] }, eventType: [{ 'anything-but': 'AwsServiceEvent' }] },
    });
  });
});

test('two sets on one trail count apart', () => {
  const { stack, detections } = detect();
  new audit.Detections(stack, 'Others', { trail: trailIn(new Stack(stack, 'Nested')), profiles: [audit.DetectionProfile.SECURITY_HUB_EXACT] });
  const names = Template.fromStack(stack).findResources('AWS::Logs::MetricFilter');
  const metrics = Object.values(names).map(({ Properties }) => Properties.MetricTransformations[0].MetricName);
  expect(new Set(metrics).size).toBe(detections.alarms.length + CIS_DETECTIONS.length);
});
