import { Graph, Resource } from '../graph';
import { isUnknown, Value } from '../values';

const SECRET = 'AWS::SecretsManager::Secret';
const ATTACHMENT = 'AWS::SecretsManager::SecretTargetAttachment';

/** The secret that a `SecretId` of the template `home` names, also by its attachment to a database. */
export function secretOf(value: Value, home: string, graph: Graph): Resource | undefined {
  const attachment = graph.find(value, ATTACHMENT);
  if (attachment) return graph.find(attachment.properties.SecretId, SECRET, attachment.template);
  const secret = graph.find(value, SECRET, home);
  // A name has slashes in it, so the end of one is the name of another.
  return secret && typeof value === 'string' && value !== secret.properties.Name ? undefined : secret;
}

/** The rotation schedules of a secret, and whether the template leaves untold which secret one is for. */
export function schedulesOf(secret: Resource, graph: Graph): { readonly schedules: readonly Resource[]; readonly untold: boolean } {
  const all = graph.ofType('AWS::SecretsManager::RotationSchedule');
  return {
    schedules: all.filter(({ properties, template }) => secretOf(properties.SecretId, template, graph) === secret),
    untold: all.some(({ properties }) => isUnknown(properties.SecretId)),
  };
}
