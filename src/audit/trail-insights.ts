/**
 * What CloudTrail Insights learns the usual rate of calls and of errors of. It costs for each event that is looked at.
 */
export enum TrailInsights {
  /** Calls that manage resources: what is configured, created and deleted. */
  MANAGEMENT = 'management',
  /** Those, and the calls to data that the trail records: objects, items and invocations. */
  MANAGEMENT_AND_DATA = 'management-and-data',
}
