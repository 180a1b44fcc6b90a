/** What GuardDuty watches beside the trail, the flow of networks and DNS (Amazon GuardDuty API Reference, "DetectorFeatureConfiguration"). */
export enum GuardDutyProtection {
  /** Data events of buckets. */
  S3 = 'S3_DATA_EVENTS',
  /** Network activity of functions. */
  LAMBDA = 'LAMBDA_NETWORK_LOGS',
  /** Sign-ins at databases of Amazon Aurora and RDS. */
  RDS = 'RDS_LOGIN_EVENTS',
  /** Malware on volumes of instances and containers that behave suspiciously. */
  EBS_MALWARE = 'EBS_MALWARE_PROTECTION',
  /** Audit logs of Kubernetes. */
  EKS_AUDIT = 'EKS_AUDIT_LOGS',
}

/** Options of alerts on findings of GuardDuty. */
export interface GuardDutyAlertOptions {
  /**
   * The least severity of a finding that the alert topic hears of, from 1 to 10.
   *
   * @default 7 - high and critical findings
   */
  readonly alertFrom?: number;
}

/** Options of `GuardDuty.here`. */
export interface GuardDutyOptions extends GuardDutyAlertOptions {
  /**
   * What is watched beside the trail, the flow of networks and DNS; each costs.
   *
   * @default - `S3` and `LAMBDA`, which is what integrations are made of
   */
  readonly protections?: GuardDutyProtection[];
}

/** Who has GuardDuty watch an account for threats. The alert topic hears of findings in each case. */
export class GuardDuty {
  /** The baseline: it makes the Region's detector, of which an account has one. A deployment fails where there is one. */
  public static here(options: GuardDutyOptions = {}): GuardDuty {
    return new GuardDuty(options, options.protections ?? [GuardDutyProtection.S3, GuardDutyProtection.LAMBDA]);
  }

  /** The organization's delegated administrator; the baseline makes no detector. */
  public static managedByOrganization(alerts: GuardDutyAlertOptions = {}): GuardDuty {
    return new GuardDuty(alerts);
  }

  private constructor(private readonly alerts: GuardDutyAlertOptions, private readonly protections?: readonly GuardDutyProtection[]) {}

  /** @internal */
  public _alertFrom(): number {
    return this.alerts.alertFrom ?? 7;
  }

  /**
   * Undefined where somebody else has the detector.
   *
   * @internal
   */
  public _protections(): readonly GuardDutyProtection[] | undefined {
    return this.protections;
  }
}
