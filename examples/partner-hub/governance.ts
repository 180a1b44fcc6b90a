import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Staff, StaffProps } from './staff';
import { api, audit, storage } from '../../src';

/** Rules that the hub's auditors agreed to. */
const PACK = join(__dirname, 'hub-pack.yaml');

/** Properties of a `Governance`. */
export interface GovernanceProps extends StaffProps {
  /** Where incidents are reported. */
  readonly domain: api.IApiDomain;
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
    new audit.Detections(this, 'Detections', { ...shared, trail });
    const evidence = new storage.EvidenceBucket(this, 'Evidence', shared);
    const review = new audit.AccessReview(this, 'Review', { ...shared, trail, evidence });

    const staff = new Staff(this, 'Staff', { ...shared, kind: props.kind });
    staff.letAudit(trail, review);

    const incidents = new api.IntegrationApi(this, 'Api', {
      ...shared, description: 'Staff reports incidents', domain: props.domain, basePath: 'incidents',
    });
    staff.letReport(new audit.IncidentIntake(this, 'Incidents', {
      ...shared,
      evidence,
      api: incidents,
      path: '/reports',
      reporters: api.Authorization.iam(),
      responders: api.Authorization.iam(),
      regimes: [audit.IncidentRegime.gdpr(), audit.IncidentRegime.pciDss(Duration.hours(24))],
    }));

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
