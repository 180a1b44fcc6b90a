/** What an operation says in its expressions. */
interface Input { readonly ExpressionAttributeNames?: unknown; readonly ExpressionAttributeValues?: unknown }

/** An attribute as DynamoDB has it on the wire. */
export interface Value { readonly S?: string; readonly N?: string; readonly B?: string; readonly BOOL?: boolean; readonly M?: Item }

export type Item = Record<string, Value>;

/** Whether a condition holds: comparisons, `attribute_exists`, AND, OR and parentheses (Developer Guide, "Condition and filter expressions"). */
export function holds(expression: string, input: Input, item: Item | undefined): boolean {
  const tokens = expression.match(/attribute_(?:not_)?exists\(\w+\)|[()]|[^\s()]+/g) ?? [];
  const result = either();
  if (tokens.length > 0) throw new Error(`the fake does not know the condition ${expression}`);
  return result;

  function either(): boolean {
    let value = all();
    while (tokens[0] === 'OR') {
      tokens.shift();
      const other = all();
      value ||= other;
    }
    return value;
  }

  function all(): boolean {
    let value = one();
    while (tokens[0] === 'AND') {
      tokens.shift();
      const other = one();
      value &&= other;
    }
    return value;
  }

  function one(): boolean {
    const token = tokens.shift() ?? '';
    if (token === '(') {
      const value = either();
      tokens.shift();
      return value;
    }
    const [, not, name] = /^attribute_(not_)?exists\((\w+)\)$/.exec(token) ?? [];
    if (name) return (item?.[name] === undefined) === (not !== undefined);
    return compared(item?.[nameOf(token, input)], tokens.shift(), valueOf(tokens.shift() ?? '', input));
  }
}

/** The item after SET, ADD and REMOVE (Developer Guide, "Update expressions"). */
export function updated(expression: string, input: Input, item: Item): Item {
  const after: Record<string, Value> = { ...item };
  const clauses = expression.split(/\b(SET|ADD|REMOVE) /).slice(1);
  for (let index = 0; index < clauses.length; index += 2) {
    for (const action of clauses[index + 1].trim().split(', ')) act(clauses[index], action);
  }
  return after;

  function act(clause: string, action: string): void {
    const [left, right] = action.split(clause === 'ADD' ? ' ' : ' = ');
    const name = nameOf(left, input);
    if (clause === 'REMOVE') delete after[name];
    else if (clause === 'ADD') after[name] = { N: String(Number(item[name]?.N ?? 0) + Number(valueOf(right, input).N)) };
    else after[name] = right.startsWith(':') ? valueOf(right, input) : item[right];
    if (clause !== 'REMOVE' && after[name] === undefined) throw new Error(`the item has no ${right}`);
  }
}

function compared(actual: Value | undefined, operator: string | undefined, wanted: Value): boolean {
  if (actual === undefined) return false;
  if (operator === '=') return JSON.stringify(actual) === JSON.stringify(wanted);
  if (operator === '<=') return Number(actual.N) <= Number(wanted.N);
  if (operator === '<') return Number(actual.N) < Number(wanted.N);
  throw new Error(`the fake does not know the operator ${operator}`);
}

function nameOf(token: string, input: Input): string {
  return token.startsWith('#') ? (input.ExpressionAttributeNames as Record<string, string>)[token] : token;
}

function valueOf(token: string, input: Input): Value {
  const value = (input.ExpressionAttributeValues as Item | undefined)?.[token];
  if (value === undefined) throw new Error(`the fake does not know the value ${token}`);
  return value;
}
