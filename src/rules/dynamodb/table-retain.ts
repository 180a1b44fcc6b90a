import { retained } from '../retained';
import { Rule } from '../rule';

/** Checks `TABLE-RETAIN`. */
export const tableRetain: Rule = {
  control: 'TABLE-RETAIN',
  check: (table) => retained(table),
};
