import { arnOf } from './arns';
import { keyProperty } from './encryption';
import { deploymentOutcome, KeyEdge, userOutcomes, withoutKeyPolicy } from './key-users';
import { rolesThatMay } from './role-rights';
import { Rule } from '../rule';

/** What whoever writes a value, or chooses a key, needs of the key (AWS Secrets Manager User Guide, "Secret encryption and decryption"). */
const WRITING = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Checks `DELIVERY-SECRET-KEY`. */
export const deliverySecretKey: Rule = {
  control: 'DELIVERY-SECRET-KEY',
  check(secret, graph) {
    const edge: KeyEdge = { owner: secret, value: keyProperty(secret), property: 'KmsKeyId' };
    const without = withoutKeyPolicy(edge, graph);
    if (without) return without;
    const arns = [arnOf(secret, graph)];
    const writers = rolesThatMay(['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'], arns, graph);
    const readers = rolesThatMay(['secretsmanager:GetSecretValue'], arns, graph).filter((role) => !writers.includes(role));
    return [
      deploymentOutcome(WRITING, edge, graph),
      ...userOutcomes([{ roles: writers, actions: WRITING }, { roles: readers, actions: ['kms:Decrypt'] }], edge, graph),
    ];
  },
};
