import { Resource } from './graph';
import { compliant, Outcome, violation } from './rule';

/** Whether a resource outlives its stack and its own replacement. */
export function retained(resource: Resource): readonly Outcome[] {
  const { deletionPolicy, updateReplacePolicy } = resource;
  const found: Outcome[] = [];
  if (deletionPolicy !== 'Retain' && deletionPolicy !== 'RetainExceptOnCreate') {
    found.push(violation('DeletedWithStack', `DeletionPolicy is ${deletionPolicy ?? 'not set'}`));
  }
  if (updateReplacePolicy !== 'Retain') found.push(violation('DeletedOnReplacement', `UpdateReplacePolicy is ${updateReplacePolicy ?? 'not set'}`));
  return found.length > 0 ? found : [compliant('DeletionPolicy and UpdateReplacePolicy retain it')];
}
