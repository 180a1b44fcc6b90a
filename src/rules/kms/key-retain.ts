import { retained } from '../retained';
import { Rule } from '../rule';

/** Checks `KEY-RETAIN`. */
export const keyRetain: Rule = {
  control: 'KEY-RETAIN',
  check: (key) => retained(key),
};
