import { keyKind } from '../keys';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { at, describe, isMap, Unresolved } from '../values';

/** Checks `LAMBDA-ENV-CMK`. */
export const lambdaEnvCmk: Rule = {
  control: 'LAMBDA-ENV-CMK',
  check({ properties }, graph) {
    const variables = at(properties, 'Environment.Variables');
    if (!(variables instanceof Unresolved) && (!isMap(variables) || Object.keys(variables).length === 0)) {
      return notApplicable('the function has no environment variables');
    }
    const key = properties.KmsKeyArn;
    switch (keyKind(key, graph)) {
      case 'none': return violation('NoKey', 'KmsKeyArn is not set', 'KmsKeyArn');
      case 'aws-managed': return violation('AwsManagedKey', `KmsKeyArn is ${describe(key)}`, 'KmsKeyArn');
      case 'unknown': return cannotTell('UnresolvedKey', `KmsKeyArn is ${describe(key)}`, 'KmsKeyArn');
      default: return compliant(`encrypted with ${describe(key)}`, 'KmsKeyArn');
    }
  },
};
