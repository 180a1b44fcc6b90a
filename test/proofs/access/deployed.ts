import { App, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { access, foundation } from '../../../src';
import type * as armedRole from '../../../src/runtime/access/armed-role';
import type * as arming from '../../../src/runtime/access/arming';
import { ACCOUNT, INSTANCE, REGION } from '../../access/world';
import { loadMutant, Mutation } from '../../runtime/mutant';
import { environmentsOf } from '../iam/assembly';
import { Environment } from '../iam/environment';

export { ACCOUNT, REGION };

/** The account whose users the roles of one stack are for, and its organization. */
export const GUEST_ACCOUNT = '444455556666';
export const ORGANIZATION = 'o-a1b2c3d4e5';
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:saml-provider/corp`;
/** Periods whose trainings count. */
const PERIODS = ['2026-Q3', '2026-Q4', '2027-Q1'];

/** A policy as a template has it, with its references resolved. */
export interface Document { Statement: Array<Record<string, any>> }

/** A role, or a permission set as the role that Identity Center makes of it. */
export interface Holder {
  readonly arn: string;
  readonly rights: Document;
  readonly boundary?: Document;
  /** A permission set has none that a template knows. */
  readonly trust?: Document;
}

/** What the function that arms makes of the parameter. */
export type ArmingCode = Pick<typeof armedRole, 'armedPolicy'> & Pick<typeof arming, 'grantNow'>;

/** That function's modules, with changes to their sources. */
export const armingCode = (...mutations: readonly Mutation[]): ArmingCode => loadMutant<ArmingCode>('access', ['armed-role', 'arming'], ...mutations);

/** What a template says about who may do what. */
export interface Deployed {
  /** By the paths of their constructs, such as `Staff/Auditor`. */
  readonly holders: Record<string, Holder>;
  /** Managed policies that are no boundaries, such as `Staff/MfaGuard`. */
  readonly policies: Record<string, Document>;
  readonly boundaryArn: string;
  readonly keyArn: string;
  readonly keyPolicy: Document;
  readonly armingParameterArn: string;
  /** Environment of the function that arms. */
  readonly arming: Readonly<Record<string, string>>;
  code: ArmingCode;
  /** What emergency access must leave alone: the function that arms, and a rule that calls it. */
  readonly guarded: { readonly functionArn: string; readonly ruleArn: string };
}

/** Synthesizes the room for each kind of people, and reads who may do what from the templates. */
export function deployed(): Deployed {
  const app = new App({ analyticsReporting: false });
  const stage = new Stage(app, 'Live', { env: { account: ACCOUNT, region: REGION } });
  const staff = new Stack(stage, 'Staff');
  const users = access.Workforce.iamUsers({ groups: [iam.Group.fromGroupName(staff, 'People', 'people')] });
  const gate = catalogueIn(staff, users);
  emergenciesIn(staff, users, gate);
  guardsIn(staff, gate);

  const corp = new Stack(stage, 'Corp');
  const people = access.Workforce.saml(iam.SamlProvider.fromSamlProviderArn(corp, 'Provider', PROVIDER), { mfaTag: 'mfa' });
  emergenciesIn(corp, people, catalogueIn(corp, people));
  catalogueIn(new Stack(stage, 'Sets'), access.Workforce.identityCenter({ instanceArn: INSTANCE, groupIds: ['a1b2c3d4'] }));
  new access.AuditorRole(new Stack(stage, 'Guests'), 'Auditor', {
    workforce: access.Workforce.iamUsers({ account: GUEST_ACCOUNT, organizationId: ORGANIZATION }),
  });
  const [environment] = environmentsOf(app.synth());
  return readFrom(environment);
}

/** Each role of the catalogue, behind a gate where it is a role of this account. */
function catalogueIn(stack: Stack, workforce: access.Workforce): access.TrainingGate {
  const key = foundation.Foundation.of(stack).key(foundation.DataDomain.DATA);
  const handOver = s3.Bucket.fromBucketName(stack, 'HandOver', 'hand-over');
  const handler = lambda.Function.fromFunctionArn(stack, 'Tokens', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:detokenise`);
  const gate = new access.TrainingGate(stack, 'Training', { acceptedPeriods: PERIODS });
  const detokeniser = new access.DetokeniserRole(stack, 'Detokeniser', { workforce });
  detokeniser.allowInvoke(handler);
  detokeniser.allowDecrypt(key, { purpose: 'card-number' });
  const operator = new access.OperatorRole(stack, 'Operator', { workforce });
  operator.allowInvoke(handler);
  const roles = [
    detokeniser,
    operator,
    new access.KeyAdministratorRole(stack, 'KeyAdministrator', { workforce, keys: [key] }),
    new access.AuditorRole(stack, 'Auditor', { workforce }),
    new access.DeveloperRole(stack, 'Developer', { workforce, environment: access.EnvironmentKind.TEST }),
  ];
  for (const { role } of roles) if (role) gate.applyTo(role);
  new access.MaskingJobRole(stack, 'Reader', { duty: access.MaskingDuty.readSource(handOver) });
  new access.MaskingJobRole(stack, 'Writer', { duty: access.MaskingDuty.writeTarget(handOver, key) });
  return gate;
}

function emergenciesIn(stack: Stack, workforce: access.Workforce, gate: access.TrainingGate): void {
  const armer = new access.ArmerRole(stack, 'Armer', { workforce });
  const emergency = new access.BreakGlassRole(stack, 'Emergency', { workforce, armer });
  const trainer = new access.TrainerRole(stack, 'Trainer', { workforce, gate, userPath: '/staff/' });
  for (const role of [armer.role!, emergency.role, trainer.role]) gate.applyTo(role);
}

function guardsIn(stack: Stack, gate: access.TrainingGate): void {
  const groups = [iam.Group.fromGroupName(stack, 'Everybody', 'staff')];
  new access.MfaGuard(stack, 'MfaGuard', { groups });
  new access.HardwareKeyRegistration(stack, 'SecurityKeys', { groups, minimumFipsLevel: 2 });
  gate.policy.attachToGroup(groups[0]);
}

function readFrom(environment: Environment): Deployed {
  const arming = environment.at('Staff/Emergency/Arming', 'AWS::SSM::Parameter');
  const handler = environment.ofType('AWS::Lambda::Function').find(({ path }) => path.startsWith('Staff/Emergency/'))!;
  const rule = environment.ofType('AWS::Events::Rule').find(({ path }) => path.startsWith('Staff/Emergency/'))!;
  const key = environment.ofType('AWS::KMS::Key').find(({ path, property }) => path.startsWith('Staff/') && JSON.stringify(property('KeyPolicy')).includes('card-number'))!;
  const managed = environment.ofType('AWS::IAM::ManagedPolicy').filter(({ path }) => !path.includes('Boundary'));
  return {
    holders: { ...rolesOf(environment), ...permissionSetsOf(environment) },
    policies: Object.fromEntries(managed.map((policy) => [policy.path, policy.property('PolicyDocument') as Document])),
    boundaryArn: environment.namesOf(environment.at('Staff/PermissionBoundary', 'AWS::IAM::ManagedPolicy')).arn,
    keyArn: environment.namesOf(key).arn,
    keyPolicy: key.property('KeyPolicy') as Document,
    armingParameterArn: environment.namesOf(arming).arn,
    arming: handler.property('Environment.Variables') as Record<string, string>,
    code: armingCode(),
    guarded: { functionArn: environment.namesOf(handler).arn, ruleArn: environment.namesOf(rule).arn },
  };
}

/** Roles that people take on, and those of masking jobs; not those of functions. */
function rolesOf(environment: Environment): Record<string, Holder> {
  const roles = environment.ofType('AWS::IAM::Role').filter(({ path }) => /^\w+\/\w+\/Role$/.test(path));
  return Object.fromEntries(roles.map((role) => {
    const { name, arn } = environment.namesOf(role);
    const own = environment.ofType('AWS::IAM::Policy').filter((policy) => [policy.property('Roles')].flat().includes(name));
    const boundary = role.property('PermissionsBoundary') as string | undefined;
    return [role.path.replace(/\/Role$/, ''), {
      arn,
      rights: { Statement: own.flatMap((policy) => (policy.property('PolicyDocument') as Document).Statement) },
      trust: role.property('AssumeRolePolicyDocument') as Document,
      ...boundary !== undefined && { boundary: environment.withArn(boundary, 'AWS::IAM::ManagedPolicy').property('PolicyDocument') as Document },
    }];
  }));
}

function permissionSetsOf(environment: Environment): Record<string, Holder> {
  const policies = environment.ofType('AWS::IAM::ManagedPolicy');
  return Object.fromEntries(environment.ofType('AWS::SSO::PermissionSet').map((set) => {
    const boundary = set.property('PermissionsBoundary.CustomerManagedPolicyReference.Name') as string;
    return [set.path.replace(/\/PermissionSet$/, ''), {
      arn: `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${REGION}/AWSReservedSSO_${set.property('Name') as string}_0123456789abcdef`,
      rights: set.property('InlinePolicy') as Document,
      boundary: policies.find((policy) => policy.property('ManagedPolicyName') === boundary)?.property('PolicyDocument') as Document | undefined,
    }];
  }));
}
