import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, truth, Unresolved } from '../values';

const PROPERTY = 'BlockPublicPolicy';

/** Checks `SECRET-BLOCK-PUBLIC-POLICY`. */
export const secretBlockPublicPolicy: Rule = {
  control: 'SECRET-BLOCK-PUBLIC-POLICY',
  check({ properties }) {
    const blocks = truth(properties[PROPERTY]);
    if (blocks instanceof Unresolved) return cannotTell('UnresolvedBlock', `${PROPERTY} is ${describe(blocks)}`, PROPERTY);
    return blocks ? compliant('Secrets Manager refuses a policy that lets everybody in', PROPERTY) : violation('NotBlocked', `${PROPERTY} is not true`, PROPERTY);
  },
};
