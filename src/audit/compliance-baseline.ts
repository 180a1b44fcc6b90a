import { RemovalPolicy, Token } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as events from 'aws-cdk-lib/aws-events';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { AccessAnalyzer } from './access-analyzer';
import { AccountDefault } from './account-default';
import { ConfigRecording } from './config-recording';
import { ConformancePack } from './conformance-pack';
import { GuardDuty, GuardDutyProtection } from './guard-duty';
import { AccountDefaults } from './private/account-defaults';
import { addAnalyzers } from './private/analyzers';
import { ConfigRecorder } from './private/config-recorder';
import { addConformancePacks } from './private/conformance-packs';
import { SecurityHub } from './security-hub';
import { Foundation, IFoundation } from '../foundation';
import { ConfigurationError, recordLimit } from '../private';

/** Properties of a `ComplianceBaseline`: the services of AWS that are wanted, each by its name, one at least. */
export interface ComplianceBaselineProps {
  /**
   * Keys, access logs and alerts that this construct shares with others.
   *
   * @default - the foundation of the stack
   */
  readonly foundation?: IFoundation;

  /**
   * Who has AWS Config record. Conformance packs and Security Hub judge what it recorded, and need it.
   *
   * @default - AWS Config is left alone
   */
  readonly config?: ConfigRecording;

  /**
   * Rules that AWS Config judges the account by.
   *
   * @default - no packs
   */
  readonly conformancePacks?: ConformancePack[];

  /**
   * Standards that Security Hub CSPM holds the account to.
   *
   * @default - Security Hub is left alone
   */
  readonly securityHub?: SecurityHub;

  /**
   * Analyzers of who may reach what, one of each kind at most.
   *
   * @default - no analyzers
   */
  readonly accessAnalyzers?: AccessAnalyzer[];

  /**
   * Who has GuardDuty watch for threats.
   *
   * @default - GuardDuty is left alone
   */
  readonly guardDuty?: GuardDuty;

  /**
   * Settings of the account that are on: encryption of disks, the block of public access, scans of functions.
   *
   * @default - no setting is touched
   */
  readonly accountDefaults?: AccountDefault[];
}

/**
 * What an account has on so that AWS itself audits it: recording and rules, standards, analyzers, threat detection, safe defaults.
 *
 * Nothing is on that is not named, and what an organization manages can be left to it. Nothing is switched off again, neither with the stack nor
 * when it is taken out of the template: what it made stays, and has to be imported or deleted before it is made again.
 *
 * These services cost by what they look at. Deploy one baseline in each Region of an account that is in use.
 *
 * @example
 * new audit.ComplianceBaseline(this, 'Baseline', {
 *   config: audit.ConfigRecording.here(),
 *   securityHub: audit.SecurityHub.here(audit.SecurityStandard.FOUNDATIONAL_BEST_PRACTICES, audit.SecurityStandard.PCI_DSS_4_0_1),
 *   accessAnalyzers: [audit.AccessAnalyzer.externalAccess(), audit.AccessAnalyzer.unusedAccess()],
 *   guardDuty: audit.GuardDuty.here(),
 *   accountDefaults: [
 *     audit.AccountDefault.publicAccessBlock(), audit.AccountDefault.diskEncryption(), audit.AccountDefault.functionScanning(),
 *   ],
 * });
 */
export class ComplianceBaseline extends Construct {
  constructor(scope: Construct, id: string, props: ComplianceBaselineProps) {
    super(scope, id);

    const foundation = props.foundation ?? Foundation.of(this);
    const { accessAnalyzers = [], accountDefaults = [], conformancePacks = [], guardDuty, securityHub } = props;
    this.requireSomething(props);
    this.requireRecording(props);

    this.sayWhatOthersManage(props);
    const recording = props.config?._options();
    const recorder = recording && new ConfigRecorder(this, 'Config', { foundation, options: recording }).recorder;
    for (const pack of addConformancePacks(this, conformancePacks)) if (recorder) pack.addDependency(recorder);
    if (securityHub) this.addSecurityHub(securityHub, recorder);
    addAnalyzers(this, foundation, accessAnalyzers);
    if (guardDuty) this.addGuardDuty(guardDuty, foundation);
    if (accountDefaults.length > 0) new AccountDefaults(this, 'Defaults', { foundation, defaults: accountDefaults });
  }

  private addSecurityHub(securityHub: SecurityHub, recorder?: config.CfnConfigurationRecorder): void {
    const hub = securityHub._isEnabledHere()
      // Standards are those that are named: the one that AWS enables unasked is an old edition of CIS.
      ? new securityhub.CfnHub(this, 'Hub', { enableDefaultStandards: false, autoEnableControls: true, controlFindingGenerator: 'SECURITY_CONTROL' })
      : undefined;
    hub?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (recorder) hub?.addDependency(recorder);
    let before: securityhub.CfnStandard | undefined;
    for (const standard of securityHub._standards()) {
      const path = standard._path();
      const made = new securityhub.CfnStandard(this, `Standard-${path.replace(/\//g, '-')}`, { standardsArn: standard._arn(this) });
      made.applyRemovalPolicy(RemovalPolicy.RETAIN);
      if (hub) made.addDependency(hub);
      // Two at once are throttled (AWS Security Hub API Reference, "BatchEnableStandards": one request a second).
      if (before) made.addDependency(before);
      before = made;
    }
  }

  private addGuardDuty(guardDuty: GuardDuty, foundation: IFoundation): void {
    const alertFrom = guardDuty._alertFrom();
    if (!Token.isUnresolved(alertFrom) && !(alertFrom >= 1 && alertFrom <= 10)) {
      throw new ConfigurationError(this, `'alertFrom' must be between 1 and 10, got ${alertFrom}; 7 is where high severity begins`);
    }
    const protections = guardDuty._protections();
    if (protections) {
      const detector = new guardduty.CfnDetector(this, 'Detector', {
        enable: true,
        findingPublishingFrequency: 'FIFTEEN_MINUTES',
        // Each is said, since what a template leaves out is on or off as AWS pleases.
        features: Object.values(GuardDutyProtection).map((name) => ({ name, status: protections.includes(name) ? 'ENABLED' : 'DISABLED' })),
      });
      detector.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
    foundation.notifyOnRule(new events.Rule(this, 'Threat', {
      description: 'Threats that Amazon GuardDuty found',
      // Amazon GuardDuty User Guide, "Processing GuardDuty findings with Amazon EventBridge".
      eventPattern: { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'], detail: { severity: [{ numeric: ['>=', alertFrom] }] } },
    }));
  }

  /** Whether an organization does its part stands in no template of a member. */
  private sayWhatOthersManage({ config: recording, guardDuty, securityHub }: ComplianceBaselineProps): void {
    const managed = [
      ...recording && !recording._options() ? ['AWS Config records'] : [],
      ...securityHub && !securityHub._isEnabledHere() ? ['Security Hub CSPM is enabled'] : [],
      ...guardDuty && !guardDuty._protections() ? ['GuardDuty watches'] : [],
    ];
    for (const what of managed) {
      recordLimit(this, 'ACCOUNT-BASELINE', `Whether ${what} is not told here, since somebody else manages it, such as the organization's administrator.`);
    }
  }

  private requireSomething({ foundation: _foundation, ...services }: ComplianceBaselineProps): void {
    if (Object.values(services).some((service) => service !== undefined && !(Array.isArray(service) && service.length === 0))) return;
    throw new ConfigurationError(this, "'props' must name a service at least, got none; name what the account shall have on");
  }

  private requireRecording({ config: recording, conformancePacks = [], securityHub }: ComplianceBaselineProps): void {
    if (recording || (conformancePacks.length === 0 && !securityHub)) return;
    const what = conformancePacks.length > 0 ? 'conformancePacks' : 'securityHub';
    throw new ConfigurationError(this, `'config' must say who records what '${what}' judges, got nothing; `
      + 'use ConfigRecording.here(), or ConfigRecording.managedByOrganization() where somebody else records');
  }
}
