import { checkStage } from './stages';
import { Resource } from '../graph';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

/** Checks `API-ACCESS-LOG`. */
export const apiAccessLog: Rule = {
  control: 'API-ACCESS-LOG',
  check(resource) {
    return checkStage(resource, judge);
  },
};

function judge({ type, properties }: Resource): Outcome | readonly Outcome[] {
  const property = `${type === 'AWS::ApiGatewayV2::Stage' ? 'AccessLogSettings' : 'AccessLogSetting'}.DestinationArn`;
  const destination = at(properties, property);
  if (destination === undefined || destination === null || destination === '') return violation('NoAccessLog', `${property} is not set`, property);
  return isUnknown(destination) ? cannotTell('UnresolvedAccessLog', `${property} is ${describe(destination)}`, property)
    : compliant(`requests are logged to ${describe(destination)}`, property);
}
