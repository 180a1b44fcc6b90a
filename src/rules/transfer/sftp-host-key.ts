import { partsOfServer, SERVER } from './servers';
import { Graph, Resource } from '../graph';
import { shownOf } from '../hidden-parameters';
import { shapeOf } from '../narrowing';
import { coversAction, resourcePolicyOf, Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, truth, Unresolved } from '../values';

const HOST_KEY = 'AWS::Transfer::HostKey';
const BODY = 'HostKeyBody';

/** CloudFormation puts the value of a secret in its place when it deploys, and into no template. */
const REFERENCE = /^\{\{resolve:secretsmanager:[^\s-][^\s]*\}\}$/;

/** An active key of a type and the next one; there are five types (AWS Transfer Family User Guide, "Manage host keys for your SFTP-enabled server"). */
const MOST_OF_TYPE = 2;
const TYPES = 5;

/** Checks `SFTP-HOST-KEY`. No message repeats a key. */
export const sftpHostKey: Rule = {
  control: 'SFTP-HOST-KEY',
  check(resource, graph) {
    return resource.type === SERVER ? judgeServer(resource, graph) : [bodyOf(resource, graph), ...storageOf(resource, graph)];
  },
};

function judgeServer(server: Resource, graph: Graph): Outcome {
  const keys = partsOfServer(server, HOST_KEY, graph);
  const created = truth(server.properties.CreateWithHostKey);
  if (keys.length > MOST_OF_TYPE * TYPES) return violation('TooManyKeys', `${keys.length} host keys are more than ${MOST_OF_TYPE} of a type`);
  if (keys.length > MOST_OF_TYPE) return cannotTell('UntoldTypes', `the template does not tell of which types ${keys.length} host keys are`);
  if (keys.length > 0) return compliant(`${keys.length} host keys are imported`);
  if (created !== true && graph.ofType(HOST_KEY).some(({ properties }) => isUnknown(properties.ServerId))) {
    return cannotTell('UnresolvedHostKey', 'a host key of a server that the template does not tell may be this one\'s');
  }
  if (created === false) return violation('NoHostKey', 'CreateWithHostKey is false and no host key is imported, so no client can connect', 'CreateWithHostKey');
  return created instanceof Unresolved ? cannotTell('UnresolvedHostKey', `CreateWithHostKey is ${describe(created)}`, 'CreateWithHostKey')
    : notApplicable('the service makes the host key');
}

function bodyOf(key: Resource, graph: Graph): Outcome {
  const body = key.properties[BODY];
  if (REFERENCE.test(describe(body))) return compliant('the key comes out of a secret when the stack is deployed', BODY);
  if (body instanceof Unresolved) {
    return ['default', 'shown'].includes(shownOf(body, key, graph))
      ? violation('PlainKey', 'whoever may see the stack reads the parameter that holds the key', BODY)
      : cannotTell('UnresolvedHostKey', 'the template does not tell where the key comes from', BODY);
  }
  return violation('PlainKey', 'the private key is written in the template, which everybody reads who may see the stack', BODY);
}

/** Keys in Secrets Manager are read by the service-linked role (AWS Transfer Family API Reference, ImportHostKey, KmsKey). */
function storageOf(key: Resource, graph: Graph): readonly Outcome[] {
  const { KmsKey: value, StorageType: storage } = key.properties;
  if (isUnknown(storage)) return [cannotTell('UnresolvedStorage', `StorageType is ${describe(storage)}`, 'StorageType')];
  if (storage !== 'SECRETS_MANAGER') return [];
  if (value === undefined || value === '') return [violation('NoKmsKey', 'the secret has no key of the account\'s own', 'KmsKey')];
  const kms = graph.find(value, 'AWS::KMS::Key', key.template);
  if (!kms) return [cannotTell('UnresolvedStorage', `no template has the key ${describe(value)}`, 'KmsKey')];
  const { statements } = resourcePolicyOf(kms, graph);
  if (statements.some((statement) => statement.effect === 'Allow' && coversAction(statement, 'kms:Decrypt') && namesServiceRole(statement))) return [];
  return [statements.some(({ partial }) => partial) ? cannotTell('UnresolvedStorage', `the template does not tell the policy of ${kms.logicalId}`, 'KmsKey')
    : violation('KeyDenies', `${kms.logicalId} does not let AWSServiceRoleForTransfer decrypt`, 'KmsKey')];
}

function namesServiceRole({ principals }: Statement): boolean {
  return principals.some(({ kind, value }) => kind === 'aws' && shapeOf(value).includes('role/aws-service-role/transfer.amazonaws.com/'));
}
