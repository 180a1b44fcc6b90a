/** What excepts a finding: why, by whom, until when. */
export interface ReportWaiver {
  readonly constructPath: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which the waiver holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What one rule said about one resource, and the waiver that covers it. */
export interface ReportVerdict {
  /** Id of a control in the catalog. */
  readonly control: string;
  readonly outcome: 'compliant' | 'violation' | 'cannot-tell' | 'not-applicable';
  /** Finding id; empty where there is no finding. */
  readonly finding: string;
  /** Evidence, message or reason. */
  readonly message: string;
  /** Dotted path below `Properties`, or empty. */
  readonly property: string;
  readonly template: string;
  readonly logicalId: string;
  readonly resourceType: string;
  /** Construct path, or empty for a template that no CDK app wrote. */
  readonly constructPath: string;
  readonly waiver?: ReportWaiver;
}

/** What is wrong with a waiver or an acknowledgement. */
export interface ReportDiscipline {
  readonly rule: string;
  readonly constructPath: string;
  readonly message: string;
}

/** What a construct says that a control cannot enforce on it. */
export interface ReportLimit {
  readonly constructPath: string;
  /** Id of the control that reaches only so far. */
  readonly control: string;
  /** What is not enforced, and who has to see to it. */
  readonly text: string;
}

/** A finding of another policy pack, from the CDK's validation report. */
export interface PackFinding {
  readonly pack: string;
  readonly rule: string;
  /** As the pack writes it, for example `error` or `warning`. */
  readonly severity: string;
  readonly description: string;
  readonly constructPath: string;
  /** Present where somebody acknowledged the finding. */
  readonly acknowledged?: PackAcknowledgement;
}

/** The acknowledgement of another pack's finding. */
export interface PackAcknowledgement {
  readonly reason: string;
  /** Construct that carries the acknowledgement; empty for the app. */
  readonly at: string;
}

/** Everything that a report shows. The order of the lists has no meaning. */
export interface ReportInput {
  /** What was checked: the assembly or the template, as its user calls it. */
  readonly subject: string;
  /** Day on which waivers were judged; the report names no day where it is absent. */
  readonly asOf?: string;
  readonly verdicts: readonly ReportVerdict[];
  readonly discipline: readonly ReportDiscipline[];
  readonly packFindings: readonly PackFinding[];
  /** What no template can bring about, as the constructs say. */
  readonly limits: readonly ReportLimit[];
  /** What the check could not look at, one sentence each. */
  readonly notes: readonly string[];
  /** Path of each template's file, relative to the root of the repository, by the template's name. */
  readonly files: Readonly<Record<string, string>>;
}
