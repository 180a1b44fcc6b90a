/** An attribute of DynamoDB; bytes are whatever the client hands over. */
export type Attribute = Readonly<Record<string, unknown>>;
export type Row = Record<string, Attribute>;

/** Whether a condition holds for a row: comparisons with `=` and `<=`, existence, AND, OR and brackets (Developer Guide, "Condition expressions"). */
export function holds(expression: string, row: Row | undefined, values: Readonly<Record<string, Attribute>>): boolean {
  const tokens = expression.match(/\(|\)|<=|=|:?\w+/g)!;
  const holdsWholly = either();
  if (tokens.length > 0) throw new Error(`the fake does not know ${expression}`);
  return holdsWholly;

  function either(): boolean {
    let result = both();
    while (tokens[0] === 'OR') { tokens.shift(); result = both() || result; }
    return result;
  }

  function both(): boolean {
    let result = one();
    while (tokens[0] === 'AND') { tokens.shift(); result = one() && result; }
    return result;
  }

  function one(): boolean {
    const token = tokens.shift()!;
    if (token === '(') return inBrackets(either);
    if (token === 'attribute_exists' || token === 'attribute_not_exists') {
      tokens.shift();
      const name = inBrackets(() => tokens.shift()!);
      return (row?.[name] !== undefined) === (token === 'attribute_exists');
    }
    const operator = tokens.shift();
    const [given, expected] = [row?.[token], valueOf(tokens.shift()!, values)];
    if (operator === '=') return given !== undefined && JSON.stringify(given) === JSON.stringify(expected);
    return given !== undefined && Number(given.N) <= Number(expected.N);
  }

  function inBrackets<T>(read: () => T): T {
    const result = read();
    if (tokens.shift() !== ')') throw new Error(`a bracket is missing in ${expression}`);
    return result;
  }
}

/** A row after an update with SET and REMOVE. */
export function updated(row: Row, expression: string, values: Readonly<Record<string, Attribute>>): Row {
  const [, set, remove = ''] = /^SET (.*?)(?: REMOVE (.*))?$/.exec(expression)!;
  const result = { ...row };
  for (const assignment of set.split(', ')) {
    const [name, value] = assignment.split(' = ');
    result[name] = valueOf(value, values);
  }
  for (const name of remove.split(', ')) delete result[name];
  return result;
}

function valueOf(name: string, values: Readonly<Record<string, Attribute>>): Attribute {
  if (!values[name]) throw new Error(`the value ${name} is missing`);
  return values[name];
}
