import type { FilterRegex } from './filter-regex';

/** One step from a node of an event to nodes below it. */
export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'element'; readonly index: number }
  /** `.*` or `[*]`: each member of an object, or each element of an array. */
  | { readonly kind: 'each'; readonly of: 'members' | 'elements' };

/** Which nodes of an event a comparison looks at, such as `$.users[0].id`. */
export interface Selector {
  readonly text: string;
  readonly steps: readonly Step[];
}

/** What a node is compared with. */
export type Operand =
  /** Text in quotes, or a word without that is no number; asterisks at its ends are wild cards. */
  | { readonly kind: 'text'; readonly text: string }
  /** A number without quotes; `text` is how it is written. */
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'regex'; readonly regex: FilterRegex };

export type EqualityOperator = '=' | '!=';
export type OrderOperator = '>' | '>=' | '<' | '<=';

/** What a filter pattern says of an event. */
export type Condition =
  /** The empty pattern. */
  | { readonly kind: 'always' }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'equality'; readonly selector: Selector; readonly operator: EqualityOperator; readonly operand: Operand }
  | { readonly kind: 'order'; readonly selector: Selector; readonly operator: OrderOperator; readonly value: number }
  | { readonly kind: 'is'; readonly selector: Selector; readonly value: null | true | false }
  | { readonly kind: 'missing'; readonly selector: Selector };
