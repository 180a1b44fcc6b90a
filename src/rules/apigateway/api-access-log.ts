import { cannotTell, compliant, Rule, violation } from '../rule';
import { at, describe, isUnknown } from '../values';

/** Checks `API-ACCESS-LOG`. */
export const apiAccessLog: Rule = {
  control: 'API-ACCESS-LOG',
  check({ type, properties }) {
    const property = `${type === 'AWS::ApiGateway::Stage' ? 'AccessLogSetting' : 'AccessLogSettings'}.DestinationArn`;
    const destination = at(properties, property);
    if (destination === undefined || destination === null || destination === '') return violation('NoAccessLog', `${property} is not set`, property);
    return isUnknown(destination) ? cannotTell('UnresolvedAccessLog', `${property} is ${describe(destination)}`, property)
      : compliant(`requests are logged to ${describe(destination)}`, property);
  },
};
