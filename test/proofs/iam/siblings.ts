/**
 * ARNs beside a resource, which whoever may call the resource must not reach: another bucket, another prefix in it, another table, queue, key
 * or log group. Their names start with the name of the resource, so that a pattern that ends too early is caught.
 */
export function siblingsOf(arn: string): string[] {
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
    case 'kms': return [build(`${first}/${rest[0].replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`)];
    case 'secretsmanager': return [build(resource.replace(/-([^-]+)$/, '-sibling-$1'))];
    default: return [build(`${resource}-sibling`)];
  }
}
