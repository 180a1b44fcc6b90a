import { App, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentsOf } from './iam/assembly';
import { governanceHandlers } from './iam/governance-handlers';
import { outcomeOf, proveFunction, Totals } from './iam/prove';
import { access, audit } from '../../src';

// A process for each function.
jest.setTimeout(120_000);

const ACCOUNT = '222222222222';
const TRAIL_ARN = 'arn:aws:cloudtrail:eu-west-1:999999999999:trail/organization';

/** What the example does not have, and which of the functions it makes, beside those of the foundation. */
interface Variant {
  readonly functions: readonly string[];
  add(stack: Stack): void;
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  'a review of the trail of an organization': {
    functions: ['Review/Digest/Function'],
    add(stack) {
      const trail = new audit.AuditTrail(stack, 'Trail', { organizationId: 'o-a1b2c3d4e5' });
      new audit.AccessReview(stack, 'Review', { trail, athenaAccounts: [ACCOUNT] });
    },
  },
  'a review of a trail that is there already': {
    functions: ['Review/Digest/Function'],
    add(stack) {
      const trail = audit.AuditTrail.fromTrailAttributes(stack, 'Trail', {
        trailArn: TRAIL_ARN,
        bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'organization-trail'),
        encryptionKey: kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d`),
        logGroup: logs.LogGroup.fromLogGroupArn(stack, 'Log', `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:organization-trail:*`),
        organizationId: 'o-a1b2c3d4e5',
      });
      new audit.AccessReview(stack, 'Review', { trail, athenaAccounts: [ACCOUNT] });
    },
  },
  'emergency access and training of federated people': {
    functions: ['Staff/Emergency/Function/Handler/Function', 'Staff/Training/Check/Handler/Function'],
    add(stack) {
      const staff = new Construct(stack, 'Staff');
      const provider = iam.SamlProvider.fromSamlProviderArn(stack, 'Provider', `arn:aws:iam::${ACCOUNT}:saml-provider/staff`);
      const workforce = access.Workforce.saml(provider, { mfaTag: 'mfa' });
      const emergency = new access.BreakGlassRole(staff, 'Emergency', { workforce, armer: new access.ArmerRole(staff, 'Armer', { workforce }) });
      const gate = new access.TrainingGate(staff, 'Training', { acceptedPeriods: ['2026-Q3', '2026-Q4'] });
      gate.applyTo(emergency.role);
    },
  },
  'training of people of Identity Center': {
    functions: ['Staff/Training/Check/Handler/Function'],
    add(stack) {
      const staff = new Construct(stack, 'Staff');
      const workforce = access.Workforce.identityCenter({
        instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', groupIds: ['a1b2c3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d'],
      });
      new access.OperatorRole(staff, 'Operator', { workforce });
      new access.TrainingGate(staff, 'Training', { acceptedPeriods: ['2026-Q3', '2026-Q4'] });
    },
  },
  'a baseline of which an organization manages the most': {
    functions: ['Baseline/Defaults/Handler/Function'],
    add: (stack) => void new audit.ComplianceBaseline(stack, 'Baseline', {
      config: audit.ConfigRecording.managedByOrganization(),
      securityHub: audit.SecurityHub.managedByOrganization(),
      guardDuty: audit.GuardDuty.managedByOrganization(),
      accountDefaults: [
        audit.AccountDefault.publicAccessBlock(),
        audit.AccountDefault.diskEncryption(new kms.Key(stack, 'Disks', { enableKeyRotation: true })),
      ],
    }),
  },
};

test.each(Object.entries(VARIANTS))('the functions of %s may do what they do, and nothing else', async (_, { functions, add }) => {
  const app = new App({ analyticsReporting: false });
  add(new Stack(new Stage(app, 'Live', { env: { account: ACCOUNT, region: 'eu-west-1' } }), 'Governance'));
  const [environment] = environmentsOf(app.synth());
  const handlers = governanceHandlers('Governance');
  const found = environment.ofType('AWS::Lambda::Function');
  expect(found.map(({ path }) => path).sort()).toEqual(functions.map((path) => `Governance/${path}`));

  const lines: string[] = [];
  const counted: Totals[] = [];
  for (const lambda of found) counted.push(await proveFunction(lambda, handlers[lambda.path], environment, (line) => lines.push(line)));
  expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
  expect(outcomeOf(counted)).toMatchObject({ holds: true, figures: expect.stringMatching(/^\d+ calls, 0 denied, 0 unexercised$/) });
});
