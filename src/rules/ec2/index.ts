import { networkFlowLog } from './network-flow-log';
import { networkIngress } from './network-ingress';
import { Rule } from '../rule';

/** Rules of Amazon VPC, whose resources belong to Amazon EC2. */
export const EC2_RULES: readonly Rule[] = [
  networkFlowLog,
  networkIngress,
];
