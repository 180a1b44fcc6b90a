/** Path of the catalogue's roles and policies, which every boundary guards. */
export const ACCESS_PATH = '/access/';

/** Path of trainers' roles, which alone may give the training tag. */
export const TRAINER_PATH = '/trainer/';

/** Path of the roles of emergencies, which boundaries guard and detections watch. */
export const BREAK_GLASS_PATH = '/break-glass/';

/** Path of the roles of functions that arm emergency access, which boundaries guard with the first: whoever could pass one would arm for themselves. */
export const ARMING_PATH = `${ACCESS_PATH}arming/`;

/** How the names of such functions begin, by which boundaries know them. */
export const ARMING_FUNCTION = 'break-glass-';

/** Path of the roles of one kind, such as `/access/key-administrator/` for `KeyAdministrator`. */
export function pathOf(kind: string): string {
  return `${ACCESS_PATH}${kind.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase()}/`;
}

/** Patterns for the ARN of every role of a kind: the roles of this account, and those that IAM Identity Center makes of the permission set. */
export function arnPatternsOf(partition: string, account: string, kind: string): string[] {
  const role = `arn:${partition}:iam::${account}:role`;
  return [`${role}${pathOf(kind)}*`, `${role}/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${kind}*`];
}
