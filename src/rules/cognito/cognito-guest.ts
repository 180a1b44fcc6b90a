import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

const PROPERTY = 'AllowUnauthenticatedIdentities';

/** Checks `COGNITO-GUEST`. */
export const cognitoGuest: Rule = {
  control: 'COGNITO-GUEST',
  check({ properties }) {
    const guests = truth(properties[PROPERTY]);
    if (guests === false) return compliant(`${PROPERTY} is false`, PROPERTY);
    return guests === true ? violation('GuestsAllowed', `${PROPERTY} is true`, PROPERTY)
      // CloudFormation requires the property, so that one left out says nothing.
      : cannotTell('UnresolvedGuests', `${PROPERTY} is ${guests instanceof Unresolved ? describe(guests) : 'not set'}`, PROPERTY);
  },
};
