import { createHash } from 'node:crypto';
import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Tells constructs apart by their path in their stage, so that each environment of an app has the same names; in hexadecimal digits. */
export function pathHash(construct: IConstruct, digits: number): string {
  const stage = Stage.of(construct)?.node.path ?? '';
  return createHash('sha256').update(construct.node.path.slice(stage.length)).digest('hex').slice(0, digits);
}
