import { outcomeOf } from './edges';
import { logsService, mayServiceUseKey, producer } from './services';
import { notApplicable, Rule } from '../rule';

/** What CloudWatch Logs does with the key of a log group (Amazon CloudWatch Logs user guide, encrypt log data). */
const ACTIONS = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:DescribeKey'];

/** Checks `DELIVERY-LOG-KEY`. */
export const deliveryLogKey: Rule = {
  control: 'DELIVERY-LOG-KEY',
  check(group, graph) {
    if (group.properties.KmsKeyId === undefined) return notApplicable('the log group names no key');
    const by = producer(logsService(group, graph), group, graph);
    return outcomeOf(mayServiceUseKey(by, ACTIONS, group, graph), 'KeyDenies', group, 'KmsKeyId');
  },
};
