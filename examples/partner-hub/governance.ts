import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { access, api, audit, foundation, storage } from '../../src';

/** Rules that the hub's auditors agreed to. */
const PACK = join(__dirname, 'hub-pack.yaml');

/** Properties of a `Governance`. */
export interface GovernanceProps {
  readonly foundation: foundation.IFoundation;
  /** Where incidents are reported. */
  readonly domain: api.IApiDomain;
  /** What the environment is for; developers have no role in production. */
  readonly kind: access.EnvironmentKind;
  /** Files of partners, whose readers the trail records. */
  readonly files: storage.LandingBucket;
  /** Orders, whose readers the trail records. */
  readonly orders: storage.IntegrationTable;
}

/** Who may do what in an environment, who did what, who looks at it, and where incidents are reported. */
export class Governance extends Construct {
  constructor(scope: Construct, id: string, props: GovernanceProps) {
    super(scope, id);
    const shared = { foundation: props.foundation };

    const trail = new audit.AuditTrail(this, 'Trail', { ...shared, buckets: [props.files.bucket], tables: [props.orders.table] });
    const people = new People(this, 'People', props);
    trail.grantRead(people.auditor);

    const incidents = new Incidents(this, 'Incidents', props);
    for (const reporter of [people.auditor, people.operator]) incidents.intake.reportRoute.grantInvoke(reporter);
    for (const route of incidents.intake.responderRoutes) route.grantInvoke(people.operator);

    new audit.ComplianceBaseline(this, 'Baseline', {
      ...shared,
      config: audit.ConfigRecording.here(),
      conformancePacks: [audit.ConformancePack.fromFile('PartnerHub', PACK)],
      securityHub: audit.SecurityHub.here(audit.SecurityStandard.FOUNDATIONAL_BEST_PRACTICES, audit.SecurityStandard.PCI_DSS_4_0_1),
      accessAnalyzers: [audit.AccessAnalyzer.externalAccess(), audit.AccessAnalyzer.unusedAccess()],
      guardDuty: audit.GuardDuty.here(),
      accountDefaults: [
        audit.AccountDefault.publicAccessBlock(), audit.AccountDefault.diskEncryption(), audit.AccountDefault.functionScanning(),
      ],
    });
  }
}

/** The roles that people take on, each with a second factor. */
class People extends Construct {
  public readonly auditor: access.AuditorRole;
  public readonly operator: access.OperatorRole;

  constructor(scope: Construct, id: string, { files, foundation: shared, kind, orders }: GovernanceProps) {
    super(scope, id);
    const workforce = access.Workforce.iamUsers({ maxMfaAge: Duration.minutes(30) });

    new access.KeyAdministratorRole(this, 'KeyAdministrator', { workforce, keys: Object.values(foundation.DataDomain).map((domain) => shared.key(domain)) });
    this.auditor = new access.AuditorRole(this, 'Auditor', { workforce });
    this.operator = new access.OperatorRole(this, 'Operator', { workforce });
    if (kind === access.EnvironmentKind.PRODUCTION) return;
    const developer = new access.DeveloperRole(this, 'Developer', { workforce, environment: kind });
    files.grantRead(developer, 'orders/');
    orders.grant(developer, 'dynamodb:Query');
  }
}

/** Where the staff reports incidents. */
class Incidents extends Construct {
  public readonly intake: audit.IncidentIntake;

  constructor(scope: Construct, id: string, { foundation: shared, domain }: GovernanceProps) {
    super(scope, id);
    const staffApi = new api.IntegrationApi(this, 'Api', { foundation: shared, description: 'Staff reports incidents', domain, basePath: 'incidents' });
    this.intake = new audit.IncidentIntake(this, 'Intake', {
      foundation: shared,
      api: staffApi,
      path: '/reports',
      reporters: api.Authorization.iam(),
      responders: api.Authorization.iam(),
      regimes: [audit.IncidentRegime.gdpr(), audit.IncidentRegime.pciDss(Duration.hours(24))],
    });
  }
}
