import { asksWho } from './authorization-types';
import { isApi, judgeOperations } from './imported';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, truth, Unresolved, ValueMap } from '../values';

const KEY = 'ApiKeyRequired';
const TYPE = 'AuthorizationType';

/** Checks `API-KEY-NOT-ALONE`. */
export const apiKeyNotAlone: Rule = {
  control: 'API-KEY-NOT-ALONE',
  check(operation) {
    return isApi(operation) ? judgeOperations(operation, ({ method }) => checkMethod(method.properties)) : checkMethod(operation.properties);
  },
};

function checkMethod({ [KEY]: key, [TYPE]: type }: ValueMap): Outcome {
  const needed = truth(key);
  if (needed === undefined || needed === false) return notApplicable('the method asks for no key');
  const asks = asksWho(type);
  if (asks) return compliant(`${describe(type)} says who calls, beside the key`, TYPE);
  if (needed instanceof Unresolved) return cannotTell('UnresolvedAuthorization', `${KEY} is ${describe(key)}, and ${TYPE} is ${describe(type)}`, KEY);
  return asks === false ? violation('KeyAlone', `${KEY} is true, and ${TYPE} is ${describe(type)}`, TYPE)
    : cannotTell('UnresolvedAuthorization', `${TYPE} is ${describe(type)}`, TYPE);
}
