import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, isUnknown } from '../values';

/** Checks `LAMBDA-URL-AUTH`. */
export const lambdaUrlAuth: Rule = {
  control: 'LAMBDA-URL-AUTH',
  check({ properties }) {
    const auth = properties.AuthType;
    if (auth === 'AWS_IAM') return compliant('AuthType is AWS_IAM', 'AuthType');
    if (isUnknown(auth)) return cannotTell('UnresolvedAuth', `AuthType is ${describe(auth)}`, 'AuthType');
    return violation('NoAuth', `AuthType is ${describe(auth)}: anybody on the internet can call the function`, 'AuthType');
  },
};
