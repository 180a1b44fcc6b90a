import { CLOSED_PROPERTIES, CLOSED_TYPES, ClosedService } from './closed-services';
import { compliant, Outcome, Rule, violation } from '../rule';

/** Checks `CLOSED-SERVICE`. */
export const closedService: Rule = {
  control: 'CLOSED-SERVICE',
  check({ type, properties }) {
    const service = CLOSED_TYPES[type];
    if (service) return violation(`ClosedType::${type}`, messageOf(service));
    const found = Object.entries(CLOSED_PROPERTIES[type] ?? {}).filter(([property]) => properties[property] !== undefined)
      .map(([property, feature]): Outcome => violation(`ClosedFeature::${property}`, messageOf(feature), property));
    return found.length > 0 ? found : compliant('no closed feature is used');
  },
};

function messageOf({ name, since, instead }: ClosedService): string {
  return `${name} is closed to new customers since ${since}; use ${instead}`;
}
