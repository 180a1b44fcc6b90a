import { deliveredByRole } from './edges';
import { functionOf } from './functions';
import { notApplicable, Rule } from '../rule';
import { at } from '../values';

const DESTINATIONS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig.OnFailure.Destination', 'DestinationConfig.OnSuccess.Destination'],
  'AWS::Lambda::Function': ['DeadLetterConfig.TargetArn'],
};

/** Checks `DELIVERY-FUNCTION-DLQ`. */
export const deliveryFunctionDlq: Rule = {
  control: 'DELIVERY-FUNCTION-DLQ',
  check(resource, graph) {
    const caller = resource.type === 'AWS::Lambda::Function' ? resource : functionOf(resource.properties.FunctionName, resource.template, graph);
    const outcomes = DESTINATIONS[resource.type].flatMap((property) => {
      const value = at(resource.properties, property);
      return value === undefined ? [] : deliveredByRole(caller?.properties.Role, value, property, resource.template, graph);
    });
    return outcomes.length > 0 ? outcomes : notApplicable('no result of the function is delivered');
  },
};
