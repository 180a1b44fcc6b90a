import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown, listOf, truth, Unresolved } from '../values';

const GROUP = 'RecordingGroup';

/** What records everything, and what leaves something out (AWS Config API Reference, RecordingStrategy). */
const EVERYTHING = 'ALL_SUPPORTED_RESOURCE_TYPES';

/** Checks `CONFIG-RECORDER`. */
export const configRecorder: Rule = {
  control: 'CONFIG-RECORDER',
  check(recorder, graph) {
    const channels = graph.ofType('AWS::Config::DeliveryChannel').length > 0;
    return [
      recording(recorder),
      channels ? compliant('a delivery channel takes what is recorded') : cannotTell('NoDeliveryChannel', 'no template has a delivery channel; the account may'),
    ];
  },
};

function recording({ properties }: Resource): Outcome {
  const group = properties[GROUP];
  if (isUnknown(group)) return cannotTell('UnresolvedRecording', `${GROUP} is ${describe(group)}`, GROUP);
  // Without a group all types are recorded but those of IAM (AWS Config API Reference, RecordingGroup).
  if (group === undefined) return violation('NoGlobalTypes', `${GROUP} is not set`, GROUP);
  const [strategy, every, global] = ['RecordingStrategy.UseOnly', 'AllSupported', 'IncludeGlobalResourceTypes'].map((path) => at(group, path));
  const [all, iam] = [truth(every), truth(global)];
  if (isUnknown(strategy) || all instanceof Unresolved || iam instanceof Unresolved) return cannotTell('UnresolvedRecording', `${GROUP} is ${describe(group)}`, GROUP);
  const excluded = listOf(at(group, 'ExclusionByResourceTypes.ResourceTypes'));
  if ((strategy !== undefined && strategy !== EVERYTHING) || (strategy === undefined && all !== true) || excluded.length > 0) {
    return violation('PartialRecording', `${GROUP} records ${excluded.length > 0 ? `all but ${describe(excluded)}` : 'some types'}`, GROUP);
  }
  return iam === true ? compliant('every type is recorded', GROUP) : violation('NoGlobalTypes', 'IncludeGlobalResourceTypes is not true', `${GROUP}.IncludeGlobalResourceTypes`);
}
