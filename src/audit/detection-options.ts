/** A detection of your own. */
export interface DetectionOptions {
  /** What happened, as the alarm says it. */
  readonly title: string;

  /** What whoever is called has to do. */
  readonly action: string;

  /**
   * Filter pattern for events of CloudTrail, such as `{ ($.eventSource = "ecr.amazonaws.com") && ($.eventName = "DeleteRepository") }`; at most 1024
   * characters. What the Amazon CloudWatch Logs User Guide does not document is refused.
   */
  readonly pattern: string;

  /**
   * How many events in five minutes raise the alarm.
   *
   * @default 1
   */
  readonly threshold?: number;
}
