import { IConstruct } from 'constructs';
import { BoundScheme } from './bound-scheme';
import { Waiver } from '../../core';

/** A scheme that verifies no signature, which somebody answers for. */
export function insecureScheme(scope: IConstruct, waiver: Waiver, bound: BoundScheme): BoundScheme {
  waiver.applyTo(scope, 'WEBHOOK-SIGNATURE', 'StaticSecret');
  return bound;
}
