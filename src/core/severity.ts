/** How much harm a violation of a control can do. */
export enum Severity {
  /** Data or accounts are open to outsiders, or to anyone in the account. */
  CRITICAL = 'critical',
  /** One mistake or one stolen credential away from harm. */
  HIGH = 'high',
  /** A layer of defence, or of evidence, is missing. */
  MEDIUM = 'medium',
  /** Good practice with a small or indirect effect. */
  LOW = 'low',
}
