import { CfnElement, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { access, audit, foundation } from '../../src';
import { acknowledge } from '../shared/acknowledge';

/** Periods whose security trainings count. */
const TRAINED = ['2026-Q3', '2026-Q4', '2027-Q1'];

/** Properties of a `Staff`. */
export interface StaffProps {
  readonly foundation: foundation.IFoundation;
  /** What the environment is for; developers have no role in production. */
  readonly kind: access.EnvironmentKind;
}

/** The roles that people take on, each with a second factor and a training that is current; nobody has standing rights of an administrator. */
export class Staff extends Construct {
  public readonly auditor: access.AuditorRole;
  public readonly operator: access.OperatorRole;
  public readonly developer?: access.DeveloperRole;

  constructor(scope: Construct, id: string, { foundation: shared, kind }: StaffProps) {
    super(scope, id);
    const workforce = access.Workforce.iamUsers({ maxMfaAge: Duration.minutes(30) });
    const gate = new access.TrainingGate(this, 'Training', { foundation: shared, acceptedPeriods: TRAINED });
    new access.TrainerRole(this, 'Trainer', { workforce, gate, userPath: '/staff/' });

    const keys = Object.values(foundation.DataDomain).map((domain) => shared.key(domain));
    const keyAdministrator = new access.KeyAdministratorRole(this, 'KeyAdministrator', { workforce, keys });
    this.auditor = new access.AuditorRole(this, 'Auditor', { workforce });
    this.operator = new access.OperatorRole(this, 'Operator', { workforce });
    if (kind !== access.EnvironmentKind.PRODUCTION) {
      this.developer = new access.DeveloperRole(this, 'Developer', { workforce, environment: kind });
    }
    const armer = new access.ArmerRole(this, 'Armer', { workforce });
    const emergency = new access.BreakGlassRole(this, 'Emergency', { foundation: shared, workforce, armer });
    const roles = [keyAdministrator, this.auditor, this.operator, this.developer, armer, emergency].map((each) => each?.role);
    for (const role of roles.filter((each): each is iam.Role => each !== undefined)) gate.applyTo(role);
  }

  /** Lets auditors read the trail, and acknowledge what a review of it found. */
  public letAudit(trail: audit.AuditTrail, review: audit.AccessReview): void {
    trail.grantRead(this.auditor);
    review.grantAcknowledge(this.auditor);
    const bucketId = Stack.of(this).getLogicalId(trail.bucket.node.defaultChild as CfnElement);
    acknowledge(this.policyOf(this.auditor), [`AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/AWSLogs/*]`],
      'an auditor reads whatever the trail recorded, of every Region and day, and nothing else');
  }

  /** Lets everybody report incidents, and operators act on them. */
  public letReport({ reportRoute, responderRoutes }: audit.IncidentIntake): void {
    for (const reporter of [this.auditor, this.operator, this.developer]) if (reporter) reportRoute.grantInvoke(reporter);
    for (const route of responderRoutes) {
      route.grantInvoke(this.operator);
      const arn = Stack.of(this).resolve(route.method.methodArn) as { 'Fn::Join': [string, Array<string | { Ref: string }>] };
      const spelled = arn['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
      acknowledge(this.policyOf(this.operator), [`AwsSolutions-IAM5[Resource::${spelled}]`],
        'the star stands for the id of an incident: operators act on all of them');
    }
  }

  private policyOf({ role }: access.OperatorRole | access.AuditorRole): Construct {
    return role!.node.findChild('DefaultPolicy') as Construct;
  }
}
