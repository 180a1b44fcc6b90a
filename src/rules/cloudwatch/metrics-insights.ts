/**
 * A CloudWatch Metrics Insights query.
 *
 * Grammar: Amazon CloudWatch User Guide, "Query components and syntax in CloudWatch Metrics Insights".
 */
export interface MetricsQuery {
  /** `AVG`, `COUNT`, `MAX`, `MIN` or `SUM`. */
  readonly statistic: string;
  readonly metric: string;
  readonly namespace: string;
  /** The exact dimensions of the metrics that count; undefined where any do. */
  readonly schema?: readonly string[];
  readonly where: readonly QueryCondition[];
  readonly groupBy: readonly string[];
  /** Whether series come in a stated order, which an alarm on several series needs. */
  readonly ordered: boolean;
  readonly limit?: number;
}

/** One condition of a `WHERE`; the value is undefined where it is the account that asks. */
export interface QueryCondition {
  readonly key: string;
  readonly operator: '=' | '!=';
  readonly value?: string;
}

interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'symbol';
  readonly value: string;
}

/** One token at a time: `"name"`, `'value'`, a word, a symbol. What no pattern takes is no query. */
const TOKEN = /\s*(?:"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)*)'|(\w+)|(!=|[=(),.]))/y;

const FUNCTIONS = ['AVG', 'COUNT', 'MAX', 'MIN', 'SUM'];

/** Words that name nothing unless they are quoted. */
const RESERVED = ['SELECT', 'FROM', 'SCHEMA', 'WHERE', 'AND', 'GROUP', 'BY', 'ORDER', 'ASC', 'DESC', 'LIMIT'];

/** Reads a query; undefined where the text is none. */
export function tryParseQuery(text: string): MetricsQuery | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const reader = new Reader(tokens);
  const query = readQuery(reader);
  return query && reader.atEnd ? query : undefined;
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < end) {
    const found = pattern.exec(text);
    if (!found) return undefined;
    const [, quoted, literal, word, symbol] = found;
    if (quoted !== undefined) tokens.push({ kind: 'quoted', value: quoted.replace(/\\(.)/g, '$1') });
    else if (literal !== undefined) tokens.push({ kind: 'text', value: literal.replace(/\\(.)/g, '$1') });
    else tokens.push(word !== undefined ? { kind: 'word', value: word } : { kind: 'symbol', value: symbol });
  }
  return tokens;
}

/** Takes tokens from the front; what is not there is undefined, and takes nothing. */
class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  public get atEnd(): boolean {
    return this.position === this.tokens.length;
  }

  /** Keywords are the same in capitals and small letters. */
  public keyword(...words: readonly string[]): string | undefined {
    return this.take((token) => token.kind === 'word' && words.includes(token.value.toUpperCase()))?.toUpperCase();
  }

  public symbol(value: string): boolean {
    return this.take((token) => token.kind === 'symbol' && token.value === value) !== undefined;
  }

  public name(): string | undefined {
    return this.take(({ kind, value }) => kind === 'quoted' || (kind === 'word' && !RESERVED.includes(value.toUpperCase())));
  }

  public text(): string | undefined {
    return this.take(({ kind }) => kind === 'text');
  }

  public count(): number | undefined {
    const digits = this.take(({ kind, value }) => kind === 'word' && /^\d{1,3}$/.test(value));
    return digits === undefined ? undefined : Number(digits);
  }

  private take(accepts: (token: Token) => boolean): string | undefined {
    const token = this.tokens[this.position];
    if (!token || !accepts(token)) return undefined;
    this.position++;
    return token.value;
  }
}

function readQuery(reader: Reader): MetricsQuery | undefined {
  if (!reader.keyword('SELECT')) return undefined;
  const statistic = reader.keyword(...FUNCTIONS);
  const metric = statistic !== undefined && reader.symbol('(') ? reader.name() : undefined;
  if (statistic === undefined || metric === undefined || !reader.symbol(')') || !reader.keyword('FROM')) return undefined;
  const source = readSource(reader);
  const where = reader.keyword('WHERE') ? readList(() => readCondition(reader), () => reader.keyword('AND') !== undefined) : [];
  const groupBy = reader.keyword('GROUP') ? (reader.keyword('BY') ? readList(() => readKey(reader), () => reader.symbol(',')) : undefined) : [];
  const ordered = reader.keyword('ORDER') ? readOrder(reader) : false;
  const limited = reader.keyword('LIMIT') !== undefined;
  const limit = limited ? reader.count() : undefined;
  if (!source || !where || !groupBy || ordered === undefined || (limited && limit === undefined)) return undefined;
  return { statistic, metric, ...source, where, groupBy, ordered, ...(limit !== undefined && { limit }) };
}

function readSource(reader: Reader): Pick<MetricsQuery, 'namespace' | 'schema'> | undefined {
  if (!reader.keyword('SCHEMA')) {
    const namespace = reader.name();
    return namespace === undefined ? undefined : { namespace };
  }
  const names = reader.symbol('(') ? readList(() => reader.name(), () => reader.symbol(',')) : undefined;
  if (!names || !reader.symbol(')')) return undefined;
  const [namespace, ...schema] = names;
  return { namespace, schema };
}

/** A dimension, or with a dot an account or a tag: `AWS.AccountId`, `tag.env`. */
function readKey(reader: Reader): string | undefined {
  const first = reader.name();
  if (first === undefined || !reader.symbol('.')) return first;
  const second = reader.name();
  return second === undefined ? undefined : `${first}.${second}`;
}

function readCondition(reader: Reader): QueryCondition | undefined {
  const key = readKey(reader);
  const operator = reader.symbol('=') ? '=' : reader.symbol('!=') ? '!=' : undefined;
  if (key === undefined || operator === undefined) return undefined;
  if (reader.keyword('CURRENT_ACCOUNT_ID')) return reader.symbol('(') && reader.symbol(')') ? { key, operator } : undefined;
  const value = reader.text();
  return value === undefined ? undefined : { key, operator, value };
}

function readOrder(reader: Reader): true | undefined {
  if (!reader.keyword('BY') || !reader.keyword(...FUNCTIONS) || !reader.symbol('(') || !reader.symbol(')')) return undefined;
  reader.keyword('ASC', 'DESC');
  return true;
}

function readList<T>(read: () => T | undefined, more: () => boolean): readonly T[] | undefined {
  const items: T[] = [];
  do {
    const item = read();
    if (item === undefined) return undefined;
    items.push(item);
  } while (more());
  return items;
}
