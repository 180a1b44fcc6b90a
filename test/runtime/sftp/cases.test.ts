import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { SFTP_CASES } from './cases';
import { LOGIN_CASES } from './cases/cases';

const TEST = resolve(__dirname, '../..');
const OF_FUNCTIONS = ['runtime/sftp', 'runtime/secrets'];
const OF_BUNDLES = ['runtime-e2e'];

/** A test file by its path below `test`, with the text of the lists of cases that it runs. */
type Sources = Readonly<Record<string, string>>;

const NAMES = SFTP_CASES.map(([number]) => number);
const LOGINS = [...new Set(LOGIN_CASES.map(({ number }) => number))];

/** How a test begins whose title does, or a `describe` around some. */
const TITLE = /(\w*)\(['"`]\[case (\d+)\]/g;
const LOGIN_TITLES = 'LOGIN_CASES.map(({ number, title, run }) => [`[case ${number}] ${title}`, run] as const))(\'%s\'';

/** Lists of cases that are run wherever a file imports them. */
const LIST = /from '(\.[^']*\/(?:[a-z-]+-cases))'/g;

function sourcesIn(folders: readonly string[]): Sources {
  const files = folders.flatMap((folder) => readdirSync(join(TEST, folder)).filter((file) => file.endsWith('.test.ts')).map((file) => join(TEST, folder, file)));
  return Object.fromEntries(files.filter((file) => file !== __filename).map((file) => {
    const own = readFileSync(file, 'utf8');
    const lists = [...own.matchAll(LIST)].map(([, path]) => readFileSync(`${join(dirname(file), path)}.ts`, 'utf8'));
    return [relative(TEST, file), [own, ...lists].join('\n')];
  }));
}

/** Numbers of cases that some test of these files has in its title, or runs from the list of logins. */
function numbersIn(sources: Sources): Set<number> {
  return new Set(Object.values(sources).flatMap((text) => [
    ...[...text.matchAll(TITLE)].filter(([, before]) => before !== 'describe').map(([, , number]) => Number(number)),
    ...(text.includes(LOGIN_TITLES) ? LOGINS : []),
  ]));
}

test('there are seventy-seven, each with a name of its own', () => {
  expect(NAMES).toEqual(Array.from({ length: 77 }, (_, index) => index + 1));
  expect(new Set(SFTP_CASES.map(([, what]) => what)).size).toBe(77);
});

describe.each([['the functions', OF_FUNCTIONS], ['the bundles that are shipped, over real connections', OF_BUNDLES]])('%s', (_name, folders) => {
  const sources = sourcesIn(folders);

  const numbers = numbersIn(sources);

  test.each(SFTP_CASES)('%i, %s, is tested', (number) => {
    expect([...numbers]).toContain(number);
  });

  test('have no test of a case that there is not', () => {
    expect([...numbers].filter((number) => !NAMES.includes(number))).toEqual([]);
  });

  test('would be missed, each of them, if its tests went', () => {
    for (const gone of NAMES) {
      const without = Object.fromEntries(Object.entries(sources).map(([file, text]) => [file, text.replaceAll(`[case ${gone}]`, '').replaceAll(LOGIN_TITLES, '')]));
      expect([...numbersIn(without)]).not.toContain(gone);
    }
  });
});
