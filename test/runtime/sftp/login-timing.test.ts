import { MACHINE, startOf } from './function-world';
import { mutantOf } from './mutant';
import { login, ROLE_PREFIX, SERVER, START } from './partners';
import { slowestShare } from './timing';
import { Login, readLogin } from '../../../src/runtime/sftp/login';
import { judge } from '../../../src/runtime/sftp/login-verdict';
import { PartnerRow } from '../../../src/runtime/sftp/partner-row';

/** Some 25 ms of a processor for a login, next to which nothing else counts. */
const COST = { log2N: 12, r: 8, p: 1 };

/** What is let pass, since processors run hot and cold; a function that gives away anything has three times as much at least. */
const NOISE = 1.5;

test('[case 39] whether there is such a partner, and how many passwords it has, is not told by how much is computed', async () => {
  expect(await slowestShare(startOf(MACHINE, COST), 9)).toBeLessThan(NOISE);
}, 60_000);

test.each([
  ['without a verifier of nobody', { file: 'passwords', from: 'verifyPassword(password, verifier ?? this.decoy)', to: 'verifier !== undefined && verifyPassword(password, verifier)' }],
  ['that looks at passwords of partners alone', { file: 'identity-provider', from: 'login.password === undefined || !ports.passwords ? undefined : ports', to: 'login.password === undefined || !ports.passwords || verdict.denial ? undefined : ports' }],
  ['that tries as many as there are', { file: 'passwords', from: 'index < TRIED; index++', to: 'index < Math.max(1, verifiers.length); index++' }],
])('[case 39] the comparison finds a function %s', async (_name, mutation) => {
  expect(await slowestShare(startOf(mutantOf(mutation), COST), 3)).toBeGreaterThan(2);
}, 60_000);

test('[case 39] a record that nobody can read is judged for as long as one of nobody', () => {
  const settings = { authentication: 'PUBLIC_KEY', rolePrefix: ROLE_PREFIX } as const;
  const known = readLogin(login()) as Login;
  const judging = (row: PartnerRow | undefined) => {
    const begun = process.hrtime.bigint();
    judge({ login: known, row, isLocked: false, nowMilliseconds: START, settings });
    return Number(process.hrtime.bigint() - begun);
  };
  const rows = [undefined, { name: 'acme', record: '{', serverId: SERVER, suspended: false, revision: 1 }];
  const times = Array.from({ length: 301 }, () => rows.map(judging)).slice(1);
  // The quickest of each is what nothing disturbed; without a key to read it is a fiftieth.
  const [nobody, unreadable] = rows.map((_, index) => Math.min(...times.map((each) => each[index])));
  expect(unreadable / nobody).toBeGreaterThan(0.7);
});
