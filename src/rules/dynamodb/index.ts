import { tableCmk } from './table-cmk';
import { tableDeletionProtection } from './table-deletion-protection';
import { tablePitr } from './table-pitr';
import { tablePolicyPublic } from './table-policy-public';
import { tableRetain } from './table-retain';
import { Rule } from '../rule';

/** Rules of Amazon DynamoDB. */
export const DYNAMODB_RULES: readonly Rule[] = [
  tableCmk,
  tableDeletionProtection,
  tablePitr,
  tablePolicyPublic,
  tableRetain,
];
