import * as fc from 'fast-check';
import { patternMatches } from '../../../src/rules/logs/filter-pattern';

const members = (status: string): ReadonlyMap<string, string | undefined> => new Map([['$.status', status], ['$.path', undefined]]);

describe('an event with status 401', () => {
  test.each([
    '{ $.status = 401 }', '{$.status=401}', '{ $.status = "401" }', '{ $.status = 401.0 }', '{ $.status = 4* }', '{ $.status = "40*" }', '{ $.status = *1 }',
    '{ $.status = *0* }', '{ $.status = * }', '{ $.status != 200 }', '{ $.status >= 400 && $.status < 500 }', '{ $.status <= 401 && $.status > 400 }',
    '{ ($.status = 401) || ($.status = 403) }', '{ $.status = 403 || $.status = 401 && $.status = 4* }', '{ $.path = "/a" || $.status = 401 }',
    '{ $.status = %4[0-9]1% }', '{ $.none NOT EXISTS }', '',
  ])('is matched by %s', (pattern) => {
    expect(patternMatches(pattern, members('401'))).toBe('yes');
  });

  test.each([
    '{ $.status = 403 }', '{ $.status = "4" }', '{ $.status = 5* }', '{ $.status = *3 }', '{ $.status = *9* }', '{ $.status != 4* }', '{ $.status > 401 }',
    '{ ($.status = 401 || $.status = 403) && $.status = 403 }', '{ $.path = "/a" && $.status = 200 }', '{ $.none = 401 }', '{ $.status = %^5% }',
    '{ $.status NOT EXISTS }', '{ $.status IS NULL }', '{ $.none IS TRUE }', '{ $.status = 4*1 }',
  ])('is not matched by %s', (pattern) => {
    expect(patternMatches(pattern, members('401'))).toBe('no');
  });

  test.each([
    '{ $.status = 401 && $.path = "/a" }', '{ $.path != "/a" }', '{ $.none != 401 }', '{ $.path.more = 1 }', '{ $.path[0] EXISTS }', '{ $.path.a IS NULL }',
    '{ $.status EXISTS }', '{ $.none EXISTS }', '{ $.* = 401 }', '{ $.status = %(4)% }', '[ip, status = 4*]', '401', '{ }', '{ 401 = $.status }', '{ $.status = }', '{ $.status ~ 401 }', '{ $.status 401 }',
    '{ ($.status = 401 }', '{ $.status = 401 ) }', '{ $.status = 401 $.status = 403 }', '{ $.status IS GOOD }', '{ $.status NOT }', '{ $.status ( 401 }',
    `{ ${'('.repeat(5000)}$.status = 401${')'.repeat(5000)} }`,
  ])('may be matched by %s', (pattern) => {
    expect(patternMatches(pattern, members('401'))).toBe('maybe');
  });
});

describe('a member whose name is quoted', () => {
  const event = new Map([['$.activity-type', 'AUTH_FAILURE']]);

  test.each(["$.['activity-type']", "$['activity-type']", '$.["activity-type"]', '$.activity-type'])('is read in %s', (selector) => {
    expect(patternMatches(`{ ${selector} = "AUTH_FAILURE" }`, event)).toBe('yes');
    expect(patternMatches(`{ ${selector} = "CONNECTED" }`, event)).toBe('no');
  });

  test('may be matched where the name has what is not read here', () => {
    expect(patternMatches("{ $.['activity.type'] = \"AUTH_FAILURE\" }", event)).toBe('maybe');
  });
});

type Tree = { readonly code: number } | { readonly operator: '&&' | '||'; readonly left: Tree; readonly right: Tree };

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.record({ code: fc.integer({ min: 400, max: 404 }) }),
    fc.record({ operator: fc.constantFrom('&&' as const, '||' as const), left: tie('tree'), right: tie('tree') }),
  ),
})).tree;

const written = (tree: Tree): string => ('code' in tree ? `$.status = ${tree.code}` : `(${written(tree.left)}) ${tree.operator} (${written(tree.right)})`);

function meant(tree: Tree, status: number): boolean {
  if ('code' in tree) return tree.code === status;
  return tree.operator === '&&' ? meant(tree.left, status) && meant(tree.right, status) : meant(tree.left, status) || meant(tree.right, status);
}

test('a pattern matches as its parentheses say', () => {
  fc.assert(fc.property(trees, fc.integer({ min: 400, max: 404 }), (tree, status) => {
    expect(patternMatches(`{ ${written(tree)} }`, members(String(status)))).toBe(meant(tree, status) ? 'yes' : 'no');
  }));
});

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    expect(['yes', 'no', 'maybe']).toContain(patternMatches(text, members('401')));
    expect(['yes', 'no', 'maybe']).toContain(patternMatches(`{ $.status = 401 ${text}}`, members('401')));
  }));
});
