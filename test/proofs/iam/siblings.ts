import { Call } from './call';
import { Grant } from './role';

/**
 * Calls beside a call, which its role must not be able to make: of another bucket, another prefix in it, another table, queue, key or log
 * group; and, where a policy tells them apart by tags, partition keys or prefixes, of what has other tags, or of another partition or folder.
 *
 * Names start with the name of the resource, so that a pattern that ends too early is caught.
 */
export function siblingsOf(call: Call, grants: readonly Grant[]): Call[] {
  const beside = resourcesBeside(call.resource).map((resource) => ({ ...call, resource }));
  const narrowed = grants.filter(({ Action }) => Action === call.action).map(({ Condition }) => JSON.stringify(Condition ?? {}));
  const keys = Object.keys(call.context).filter((key) => TELLING_APART.test(key) && narrowed.some((condition) => condition.includes(key)));
  return [...beside, ...keys.map((key) => ({ ...call, context: { ...call.context, [key]: otherThan(call.context[key]) } }))];
}

const TELLING_APART = /^(aws:ResourceTag\/|dynamodb:LeadingKeys$|s3:prefix$)/;

function otherThan(value: string | string[]): string | string[] {
  // A prefix that names a folder stays one.
  const other = (each: string) => each.replace(/\/?$/, '-sibling$&');
  return typeof value === 'string' ? other(value) : value.map(other);
}

function resourcesBeside(arn: string): string[] {
  if (arn === '*') return [];
  const [, partition, service, region, account, resource] = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/.exec(arn)!;
  const build = (sibling: string) => `arn:${partition}:${service}:${region}:${account}:${sibling}`;
  const [first, ...rest] = resource.split('/');
  switch (service) {
    case 's3': return [
      build([`${first}-sibling`, ...rest].join('/')),
      // An object at the top of a bucket has no prefix, and so none beside it.
      ...(rest.length < 2 ? [] : [build([first, `${rest[0]}-sibling`, ...rest.slice(1)].join('/')), build([first, 'sibling', ...rest].join('/'))]),
    ];
    case 'logs': return [build(resource.replace(/^(log-group:[^:]+)/, '$1-sibling'))];
    case 'dynamodb': return [build([first, `${rest[0]}-sibling`, ...rest.slice(1)].join('/'))];
    // OpsItems get their ids when they are opened: a function that works on its own works on all of the account.
    case 'ssm': return first === 'opsitem' ? [] : [build(`${resource}-sibling`)];
    // An interface has no name before it is made, and Lambda alone makes them: the code of a function is denied to.
    case 'ec2': return [];
    case 'kms': return [build(`${first}/${rest[0].replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`)];
    // Keys of API Gateway are told apart by their tags alone, and what is made has no name yet; a plan has one.
    case 'apigateway': return /^\/(apikeys|tags)/.test(resource) ? [] : [build(resource.replace(/^(\/[^/]+\/[^/]+)/, '$1sibling'))];
    case 'secretsmanager': return [build(resource.replace(/-([^-]+)$/, '-sibling-$1'))];
    // Host keys get their ids when they are imported, and users come and go: a function that works on those of a server works on all of them.
    case 'transfer': return [build(rest.length < 2 ? `${resource}-sibling` : [first, `${rest[0]}-sibling`, ...rest.slice(1)].join('/'))];
    default: return [build(`${resource}-sibling`)];
  }
}
