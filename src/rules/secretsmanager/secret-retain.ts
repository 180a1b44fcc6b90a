import { retained } from '../retained';
import { Rule } from '../rule';

/** Checks `SECRET-RETAIN`. */
export const secretRetain: Rule = {
  control: 'SECRET-RETAIN',
  check: (secret) => retained(secret),
};
