/**
 * Settings of an account for which CloudFormation has no resource, by the names that the template and the function which makes them share.
 *
 * In the order in which they are turned on: code of functions is looked at only where functions are (Amazon Inspector User Guide, "Activating a scan
 * type").
 */
export const ACCOUNT_DEFAULTS = ['public-access-block', 'disk-encryption', 'function-scanning', 'function-code-scanning'] as const;

export type AccountDefaultName = typeof ACCOUNT_DEFAULTS[number];
