import { judgeFileRights } from './file-rights';
import { roleOfUser, USER } from './partner-roles';
import { Graph, Resource } from '../graph';
import { jsonOf } from '../json-text';
import { coversAction, statementsOf } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { at, describe, isMap, isUnknown, listOf, Unresolved, Value } from '../values';

const POLICY = 'Policy';
/** AWS Transfer Family API Reference, "CreateUser". */
const MAX_LENGTH = 2048;

/** Checks `SFTP-SESSION-POLICY`. What a session policy does not allow is denied, whatever the role allows. */
export const sftpSessionPolicy: Rule = {
  control: 'SFTP-SESSION-POLICY',
  check(user, graph) {
    const text = user.properties[POLICY];
    if (text === undefined) {
      const others = sharersOf(user, graph);
      return others.length > 0
        ? violation('SharedRole', `${others.map(({ logicalId }) => logicalId).join(', ')} may do the same: they act by one role, and no session policy tells them apart`, POLICY)
        : notApplicable('the role is the user\'s own');
    }
    const document = jsonOf(text);
    if (typeof text === 'string' && !isMap(document)) return violation('NotJson', 'the text is no JSON object, so nobody can sign in', POLICY);
    if (isUnknown(text) || document instanceof Unresolved) return cannotTell('UnresolvedScope', `${POLICY} is ${describe(text)}`, POLICY);
    const found = [...form(user, describe(text)), ...statementsOf(document, user, POLICY).flatMap(judgeFileRights), ...keyOf(user, document, graph)];
    return found.length > 0 ? found : compliant('sessions of the user reach files in folders that the policy names', POLICY);
  },
};

function form({ properties }: Resource, text: string): readonly Outcome[] {
  // Where a part is known at deployment alone, what stands for it is about as long.
  const long = text.length > MAX_LENGTH ? [violation('TooLong', `the text has ${text.length} characters, and ${MAX_LENGTH} are the most`, POLICY)] : [];
  const [variable] = /\$\{transfer:Home\w+\}/i.exec(text) ?? [];
  return variable !== undefined && properties.HomeDirectoryType === 'LOGICAL'
    ? [...long, violation('HomeVariable', `${variable} is not filled in where directories are logical`, POLICY)] : long;
}

/** Users without a session policy who act by the same role. */
function sharersOf(user: Resource, graph: Graph): readonly Resource[] {
  const role = roleOfUser(user, graph);
  return graph.ofType(USER).filter((other) => other !== user && (role
    ? roleOfUser(other, graph) === role : describe(other.properties.Role) === describe(user.properties.Role)));
}

/** A session that may not use the bucket's key can neither write nor read. */
function keyOf(user: Resource, document: Value, graph: Graph): readonly Outcome[] {
  const encrypted = listOf(user.properties.HomeDirectoryMappings).map((mapping) => bucketOf(at(mapping, 'Target'), user.template, graph))
    .some((bucket) => bucket && listOf(at(bucket.properties, 'BucketEncryption.ServerSideEncryptionConfiguration'))
      .some((rule) => at(rule, 'ServerSideEncryptionByDefault.KMSMasterKeyID') !== undefined));
  const allowed = statementsOf(document, user, POLICY).some((statement) => statement.effect !== 'Deny' && coversAction(statement, 'kms:Decrypt'));
  return encrypted && !allowed ? [violation('NoKey', 'the bucket has a key of its own, which the session may not use', POLICY)] : [];
}

function bucketOf(target: Value, home: string, graph: Graph): Resource | undefined {
  const found = graph.find(target, 'AWS::S3::Bucket', home);
  if (found || typeof target !== 'string') return found;
  return graph.find(target.split('/')[1], 'AWS::S3::Bucket', home);
}
