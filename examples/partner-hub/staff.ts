import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { access, audit, foundation } from '../../src';
import { acknowledgeStar } from '../shared/role-policy';

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
    /** Members of a group of the account, which its administrators keep. */
    const members = (group: string): access.Workforce =>
      access.Workforce.iamUsers({ groups: [iam.Group.fromGroupName(this, group, group)], maxMfaAge: Duration.minutes(30) });

    const gate = new access.TrainingGate(this, 'Training', { foundation: shared, acceptedPeriods: TRAINED });
    new access.TrainerRole(this, 'Trainer', { workforce: members('Trainers'), gate, userPath: '/staff/' });

    const keys = Object.values(foundation.DataDomain).map((domain) => shared.key(domain));
    const keyAdministrator = new access.KeyAdministratorRole(this, 'KeyAdministrator', { workforce: members('KeyAdministrators'), keys });
    this.auditor = new access.AuditorRole(this, 'Auditor', { workforce: members('Auditors') });
    this.operator = new access.OperatorRole(this, 'Operator', { workforce: members('Operators') });
    if (kind !== access.EnvironmentKind.PRODUCTION) {
      this.developer = new access.DeveloperRole(this, 'Developer', { workforce: members('Developers'), environment: kind });
    }
    const armer = new access.ArmerRole(this, 'Armer', { workforce: members('Armers') });
    const emergency = new access.BreakGlassRole(this, 'Emergency', { foundation: shared, workforce: members('OnCall'), armer });
    // Trainers are not held to it: somebody has to be able to say that the first training is current.
    for (const each of [keyAdministrator, this.auditor, this.operator, this.developer, armer, emergency]) {
      if (each?.role) gate.applyTo(each.role);
    }
  }

  /** Lets auditors read the trail, and acknowledge what a review of it found. */
  public letAudit(trail: audit.AuditTrail, review: audit.AccessReview): void {
    trail.grantRead(this.auditor);
    review.grantAcknowledge(this.auditor);
    acknowledgeStar(this.auditor.role!, trail.bucket.arnForObjects('AWSLogs/*'),
      'an auditor reads whatever the trail recorded, of every Region and day, and nothing else');
    acknowledgeStar(this.auditor.role!, review.evidence.bucket.arnForObjects(`access-reviews/${review.reviewName}/*`),
      'an auditor reads every report of the review, and nothing else');
  }

  /** Lets everybody report incidents, and operators act on them. */
  public letReport({ reportRoute, responderRoutes }: audit.IncidentIntake): void {
    for (const reporter of [this.auditor, this.operator, this.developer]) if (reporter) reportRoute.grantInvoke(reporter);
    for (const route of responderRoutes) {
      route.grantInvoke(this.operator);
      acknowledgeStar(this.operator.role!, route.method.methodArn, 'the star stands for the id of an incident: operators act on all of them');
    }
  }
}
