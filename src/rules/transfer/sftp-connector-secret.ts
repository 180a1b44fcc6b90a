import { isSftpConnector } from './connectors';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { schedulesOf, secretOf } from '../secretsmanager/secrets';
import { at, describe, isUnknown, listOf } from '../values';

const SECRET = 'SftpConfig.UserSecretId';
const STAGES = 'SftpConfig.OrderedUserSecretVersionStages';

/** Checks `SFTP-CONNECTOR-SECRET`. With which key the secret is encrypted, and how often it is rotated, is for `SECRET-CMK` and `SECRET-ROTATION-AGE`. */
export const sftpConnectorSecret: Rule = {
  control: 'SFTP-CONNECTOR-SECRET',
  check(connector, graph) {
    if (!isSftpConnector(connector)) return notApplicable('the connector does not speak SFTP');
    const [id, stages] = [at(connector.properties, SECRET), at(connector.properties, STAGES)];
    if (id === undefined) return violation('NoSecret', 'the connector has nothing to sign in with', SECRET);
    const secret = secretOf(id, connector.template, graph);
    if (!secret) return cannotTell('UnresolvedSecret', `no template has the secret ${describe(id)}`, SECRET);
    const { schedules, untold } = schedulesOf(secret, graph);
    if (schedules.length > 0) return compliant(`${secret.logicalId} is rotated`, SECRET);
    if (untold || isUnknown(stages)) return cannotTell('UnresolvedSecret', `the template does not tell whether ${secret.logicalId} is rotated`, SECRET);
    return [
      violation('NotRotated', `${secret.logicalId} is never rotated`, SECRET),
      ...(listOf(stages).includes('AWSPREVIOUS') ? [violation('OldAccepted', 'an old version is tried although nothing rotates the secret', STAGES)] : []),
    ];
  },
};
