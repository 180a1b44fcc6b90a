import { serverOf } from './servers';
import { Graph } from '../graph';
import { identityStatements } from '../iam/identity-policies';
import { coversAction } from '../policy-document';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { isUnknown, listOf, Value } from '../values';

const KEYS = 'SshPublicKeys';
const POLICIES = ['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'];
const IMPORT = 'transfer:ImportSshPublicKey';

/**
 * Checks `SFTP-USER-KEY-OWNER`. CloudFormation leaves keys alone where the property is absent, deletes all where it is empty, and else deletes what it
 * did not write itself before it adds (handler of AWS::Transfer::User).
 */
export const sftpUserKeyOwner: Rule = {
  control: 'SFTP-USER-KEY-OWNER',
  check(user, graph) {
    const keys = user.properties[KEYS];
    if (keys === undefined) return compliant('CloudFormation leaves the keys to others', KEYS);
    if (isUnknown(keys)) return cannotTell('UnresolvedOwner', 'the template does not tell whether it writes keys', KEYS);
    if (listOf(keys).length === 0) return violation('DeletesAll', 'an empty list deletes every key of the user, whoever imported it', KEYS);
    return isWrittenByOthers(user.properties.ServerId, user.template, graph)
      ? violation('TwoOwners', 'the template writes keys, and so may a role; an update of the user deletes what the role imported', KEYS)
      : compliant('the template alone writes the keys', KEYS);
  },
};

/** Whether some role may import keys of users of a server; one of which the template does not tell where is taken to. */
function isWrittenByOthers(serverId: Value, home: string, graph: Graph): boolean {
  const server = serverOf(serverId, home, graph);
  const writers = graph.once('importers of keys', () => graph.ofType(...POLICIES).flatMap((policy) => identityStatements(policy))
    .filter((statement) => statement.effect !== 'Deny' && !statement.notAction && coversAction(statement, IMPORT)));
  return writers.some(({ resources, carrier }) => resources.some((arn) => {
    const named = serverOf(arn, carrier.template, graph);
    return !named || named === server;
  }));
}
