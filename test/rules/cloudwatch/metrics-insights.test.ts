import * as fc from 'fast-check';
import { MetricsQuery, tryParseQuery } from '../../../src/rules/cloudwatch/metrics-insights';

const BASE: MetricsQuery = { statistic: 'SUM', metric: '5XXError', namespace: 'AWS/ApiGateway', where: [], groupBy: [], ordered: false };

describe('a query', () => {
  test.each<[string, Partial<MetricsQuery>]>([
    ['SELECT SUM("5XXError") FROM "AWS/ApiGateway"', {}],
    ['  select  sum ( "5XXError" )\nfrom "AWS/ApiGateway"  ', {}],
    ['SELECT SUM(5XXError) FROM "AWS/ApiGateway"', {}],
    ['SELECT SUM("5XXError") FROM SCHEMA("AWS/ApiGateway")', { schema: [] }],
    ['SELECT SUM("5XXError") FROM SCHEMA("AWS/ApiGateway", ApiName, "Stage")', { schema: ['ApiName', 'Stage'] }],
    ['SELECT SUM("5XXError") FROM "AWS/ApiGateway" GROUP BY ApiName, tag.env', { groupBy: ['ApiName', 'tag.env'] }],
    ['SELECT SUM("5XXError") FROM "AWS/ApiGateway" ORDER BY MAX() DESC', { ordered: true }],
    ['SELECT SUM("5XXError") FROM "AWS/ApiGateway" ORDER BY MAX() asc LIMIT 10', { ordered: true, limit: 10 }],
    ['SELECT SUM("5XXError") FROM "AWS/ApiGateway" WHERE ApiName = \'it\\\'s\'', { where: [{ key: 'ApiName', operator: '=', value: "it's" }] }],
    [
      'SELECT SUM("5XXError") FROM "AWS/ApiGateway" WHERE AWS.AccountId = CURRENT_ACCOUNT_ID() AND Stage != \'test\'',
      { where: [{ key: 'AWS.AccountId', operator: '=' }, { key: 'Stage', operator: '!=', value: 'test' }] },
    ],
    ['SELECT AVG("a \\"b\\"") FROM Own', { statistic: 'AVG', metric: 'a "b"', namespace: 'Own' }],
  ])('is read: %s', (text, expected) => {
    expect(tryParseQuery(text)).toEqual({ ...BASE, ...expected });
  });

  test.each([
    '',
    'SELECT',
    'SELECT MEDIAN(Latency) FROM Own',
    'SELECT SUM(Latency) FROM',
    'SELECT SUM(Latency) FROM AWS/ApiGateway',
    'SELECT SUM Latency FROM Own',
    'SELECT SUM() FROM Own',
    'SELECT SUM(Latency FROM Own',
    'SELECT SUM(LIMIT) FROM Own',
    'SELECT SUM(Latency) FROM SCHEMA()',
    'SELECT SUM(Latency) FROM SCHEMA(Own, )',
    'SELECT SUM(Latency) FROM SCHEMA(Own, ApiName',
    'SELECT SUM(Latency) FROM Own WHERE',
    'SELECT SUM(Latency) FROM Own WHERE ApiName',
    'SELECT SUM(Latency) FROM Own WHERE ApiName = orders',
    'SELECT SUM(Latency) FROM Own WHERE ApiName = \'orders\' OR Stage = \'prod\'',
    'SELECT SUM(Latency) FROM Own WHERE AWS.AccountId = CURRENT_ACCOUNT_ID',
    'SELECT SUM(Latency) FROM Own WHERE AWS. = \'1\'',
    'SELECT SUM(Latency) FROM Own GROUP ApiName',
    'SELECT SUM(Latency) FROM Own GROUP BY',
    'SELECT SUM(Latency) FROM Own ORDER BY Latency',
    'SELECT SUM(Latency) FROM Own ORDER MAX()',
    'SELECT SUM(Latency) FROM Own LIMIT',
    'SELECT SUM(Latency) FROM Own LIMIT many',
    'SELECT SUM(Latency) FROM Own LIMIT 10 GROUP BY ApiName',
    'SELECT SUM(Latency) FROM Own; SELECT SUM(Latency) FROM Own',
    'SELECT SUM(Latency) FROM "Own',
  ])('is not: %s', (text) => {
    expect(tryParseQuery(text)).toBeUndefined();
  });
});

const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes('\\'));
const quoted = (text: string): string => `"${text.replace(/"/g, '\\"')}"`;
const query = fc.record({
  statistic: fc.constantFrom('AVG', 'COUNT', 'MAX', 'MIN', 'SUM'),
  metric: name,
  namespace: name,
  schema: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }),
  where: fc.array(fc.record({ key: name, operator: fc.constantFrom('=' as const, '!=' as const), value: fc.string({ maxLength: 8 }).filter((text) => !/[\\']/.test(text)) }), { maxLength: 2 }),
  groupBy: fc.array(name, { maxLength: 3 }),
  ordered: fc.boolean(),
  limit: fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined }),
});

function written({ statistic, metric, namespace, schema, where, groupBy, ordered, limit }: MetricsQuery): string {
  return [
    `SELECT ${statistic}(${quoted(metric)}) FROM ${schema ? `SCHEMA(${[namespace, ...schema].map(quoted).join(', ')})` : quoted(namespace)}`,
    ...(where.length > 0 ? [`WHERE ${where.map(({ key, operator, value }) => `${quoted(key)} ${operator} '${value}'`).join(' AND ')}`] : []),
    ...(groupBy.length > 0 ? [`GROUP BY ${groupBy.map(quoted).join(', ')}`] : []),
    ...(ordered ? ['ORDER BY SUM() DESC'] : []),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
  ].join(' ');
}

test('what is written is read back', () => {
  fc.assert(fc.property(query, ({ schema, limit, ...rest }) => {
    const expected = { ...rest, ...(schema && { schema }), ...(limit !== undefined && { limit }) };
    expect(tryParseQuery(written(expected))).toEqual(expected);
  }));
});

test('a query with a piece of it left out or put in again never means more than it says', () => {
  fc.assert(fc.property(query, fc.nat(), fc.nat(), ({ schema, limit, ...rest }, from, length) => {
    const text = written({ ...rest, ...(schema && { schema }), ...(limit !== undefined && { limit }) });
    const start = from % text.length;
    const cut = text.slice(0, start) + text.slice(start + 1 + (length % 20));
    const parsed = tryParseQuery(cut);
    if (parsed) expect(tryParseQuery(written(parsed))).toEqual(parsed);
  }));
});

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    tryParseQuery(text);
    tryParseQuery(`SELECT SUM(a) FROM b ${text}`);
  }));
});

test('a hostile text is read in linear time', () => {
  const started = process.cpuUsage().user;
  expect(tryParseQuery(`SELECT SUM(a) FROM b GROUP BY ${'a, '.repeat(50_000)}`)).toBeUndefined();
  expect(tryParseQuery(`${' '.repeat(100_000)}!`)).toBeUndefined();
  expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
});
