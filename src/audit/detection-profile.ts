/** Which texts the filters of `Detections` have. */
export enum DetectionProfile {
  /**
   * Everything: the list of the CIS AWS Foundations Benchmark 7.0.0 without its known noise, and what it lacks about emergencies, credentials, keys,
   * secrets, stored data and what watches.
   */
  STRICT = 'strict',

  /**
   * The list of the CIS AWS Foundations Benchmark 1.4.0, letter by letter as the AWS Security Hub User Guide prints it: CloudWatch.1 to CloudWatch.14
   * fail if a text has another field or term.
   */
  SECURITY_HUB_EXACT = 'securityHubExact',
}
