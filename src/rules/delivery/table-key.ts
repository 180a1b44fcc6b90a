import { arnOf, plain, regionOf } from './arns';
import { deploymentOutcome, KeyEdge, userOutcomes, withoutKeyPolicy } from './key-users';
import { equals } from './match';
import { rolesThatMay } from './role-rights';
import { settingsOf } from '../dynamodb/replicas';
import { Graph, Resource } from '../graph';
import { cannotTell, notApplicable, Outcome, Rule } from '../rule';
import { at, describe, truth } from '../values';

/** What DynamoDB needs of a key at a minimum, on behalf of whoever chooses it for a table (Developer Guide, "DynamoDB encryption at rest usage notes"). */
const DEPLOYMENT = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** Actions on items. For each of them DynamoDB decrypts the key of the table on behalf of the caller. */
const ITEM_ACTIONS = [
  'dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert', 'dynamodb:PartiQLSelect', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:UpdateItem',
];

/** Checks `DELIVERY-TABLE-KEY`. */
export const deliveryTableKey: Rule = {
  control: 'DELIVERY-TABLE-KEY',
  check(table, graph) {
    if (truth(at(table.properties, 'SSESpecification.SSEEnabled')) === false) return notApplicable('no customer-managed key encrypts it');
    return settingsOf(table, 'SSESpecification.KMSMasterKeyId')
      .flatMap(({ value, property }) => outcomesOf({ owner: table, value, property }, graph));
  },
};

function outcomesOf(edge: KeyEdge, graph: Graph): readonly Outcome[] {
  const { owner: table, value, property } = edge;
  const without = withoutKeyPolicy(edge, graph);
  if (without) return [without];
  if (!isHere(table, property, graph)) return [cannotTell('UntoldKey', `${describe(value)} is used in another Region than that of the template`, property)];
  const arn = arnOf(table, graph);
  const roles = rolesThatMay(ITEM_ACTIONS, [arn, `${arn}/index/any`], graph);
  return [deploymentOutcome(DEPLOYMENT, edge, graph), ...userOutcomes([{ roles, actions: ['kms:Decrypt'] }], edge, graph)];
}

/** Whether the table, or the replica that holds the property, is in the Region of its stack. */
function isHere(table: Resource, property: string, graph: Graph): boolean {
  const [, replica] = /^(Replicas\.\d+)\./.exec(property) ?? [];
  return replica === undefined || equals(plain(at(table.properties, `${replica}.Region`), table.template, graph), regionOf(table, graph)) === 'yes';
}
