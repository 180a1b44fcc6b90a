import { LOGIN_CASES } from './cases/cases';
import { LoginCase } from './cases/world';
import { MACHINE, startOf } from './function-world';
import { mutantOf } from './mutant';
import { Mutation } from '../mutant';

/** A fault that some identity provider has, and the case that finds it. */
interface Mutant extends Mutation { readonly found: number }

const MUTANTS: Record<string, Mutant> = {
  'takes any user name': { file: 'login', from: '!isPartnerName(username)', to: "typeof username !== 'string'", found: 2 },
  'takes other protocols': { file: 'login', from: "protocol !== 'SFTP'", to: 'false', found: 12 },
  'takes any server': { file: 'login-verdict', from: 'serverId !== login.serverId', to: 'false', found: 13 },
  'lets everybody in who has an address': { file: 'login-verdict', from: '!isAllowedFrom(record, login.ip)', to: 'false', found: 15 },
  'takes the address as it is written': { file: 'login', from: 'const ip = tryCanonicalAddress(sourceIp);', to: 'const ip = tryCanonicalAddress(sourceIp) && String(sourceIp);', found: 45 },
  'answers keys that are no good any more': { file: 'login-verdict', from: 'usableKeys(record, nowMilliseconds)', to: 'record.keys', found: 16 },
  'answers a role without keys': { file: 'login-verdict', from: "['no-usable-key', keys.length === 0],", to: '', found: 17 },
  'passes over a switch': { file: 'login-verdict', from: "['disabled', record.disabled],", to: '', found: 21 },
  'passes over the switch of operators': { file: 'login-verdict', from: "['suspended', suspended],", to: '', found: 21 },
  'takes a switch that it cannot read for one that is off': { file: 'partner-row', from: 'suspended !== undefined && suspended.BOOL !== false', to: 'suspended?.BOOL === true', found: 21 },
  'takes a password of blanks for none': { file: 'login', from: "password !== ''", to: "password.trim() !== ''", found: 23 },
  'trims passwords': { file: 'passwords', from: 'verifyPassword(password, verifier ??', to: 'verifyPassword(password.trim(), verifier ??', found: 23 },
  'stops at a verifier that is none': { file: 'passwords', from: 'unusable += 1;', to: 'throw new Error();', found: 24 },
  'takes long passwords': { file: 'login', from: 'password.length > MAX_PASSWORD_LENGTH', to: 'false', found: 26 },
  'answers a password with keys': { file: 'identity-provider', from: 'tried ? undefined : keys', to: 'keys', found: 27 },
  'takes passwords that are out of use': { file: 'passwords', from: '.filter(({ disabledAt }) => disabledAt === undefined)', to: '', found: 29 },
  'reads one page of passwords': { file: 'passwords', from: 'if (!next) break;', to: 'break;', found: 28 },
  'tries the oldest passwords': { file: 'passwords', from: 'other.createdAt - one.createdAt', to: 'one.createdAt - other.createdAt', found: 28 },
  'takes a password for enough': { file: 'login-verdict', from: "['no-usable-key', keys.length === 0],", to: "['no-usable-key', keys.length === 0 && login.password === undefined],", found: 22 },
  'serves by keys alone who is to have a password': { file: 'login-verdict', from: "['password-mismatch', record.passwordRequired !== needsPassword],", to: '', found: 30 },
  'logs the password': { file: 'identity-provider', from: 'const about = { partner: login.name,', to: 'const about = { password: login.password, partner: login.name,', found: 31 },
  'judges the key alone': { file: 'identity-provider', from: 'verdict.misconfiguration ?? verdict.denial ?? reasonOf(tried)', to: 'login.password === undefined ? verdict.misconfiguration ?? verdict.denial : reasonOf(tried)', found: 33 },
  'hands out any role': { file: 'login-verdict', from: 'arn.startsWith(prefix) && ROLE_NAME', to: 'ROLE_NAME', found: 36 },
  'hands out roles below another path': { file: 'login-verdict', from: 'ROLE_NAME.test(arn.slice(prefix.length))', to: 'true', found: 36 },
  'says why': { file: 'identity-provider', from: "ports.log({ outcome: verdict.misconfiguration ? 'misconfigured-partner' : 'denied', reason, ...about });\n      return DENIED;", to: 'return { reason } as never;', found: 38 },
  'looks for passwords of partners alone': { file: 'identity-provider', from: ': ports.passwords.verifiersOf(login.name),', to: ': ports.partners.find(login.name).then((row) => row ? ports.passwords!.verifiersOf(login.name) : []),', found: 39 },
  'writes nothing for who is nobody': { file: 'identity-provider', from: ': ports.lockout.pretend();', to: ': Promise.resolve();', found: 39 },
  'counts for the partner alone': { file: 'lockout', from: 'lockout#${name}#${from}', to: 'lockout#${name}', found: 41 },
  'counts IPv6 addresses one by one': { file: 'lockout', from: "ip.includes(':') ?", to: 'false ?', found: 41 },
  'counts what is presented from elsewhere': { file: 'identity-provider', from: "reason === 'password', failures", to: 'reason !== undefined, failures', found: 41 },
  'makes a lock longer': { file: 'identity-provider', from: "reason === 'password', failures", to: "reason === 'password' || reason === 'locked', failures", found: 41 },
  'never unlocks': { file: 'lockout', from: ' && now() < failures.last + policy.lockMilliseconds', to: '', found: 41 },
  'never locks': { file: 'login-verdict', from: "['locked', isLocked],", to: '', found: 41 },
  'forgets nothing': { file: 'identity-provider', from: 'if (tried && failures) await', to: 'if (false) await', found: 41 },
  'counts for ever': { file: 'lockout', from: 'now() < failures.windowEnds', to: 'true', found: 41 },
  'counts on after a lock': { file: 'lockout', from: '(failures.count < policy.failures && now()', to: '(now()', found: 41 },
  'loses counts': { file: 'lockout', from: "ConditionExpression: seen ? 'windowEnds = :seen' : 'attribute_not_exists(subject)',", to: "ConditionExpression: seen ? 'windowEnds = :seen' : undefined,", found: 41 },
  'lets in whom it cannot judge': { file: 'identity-provider', from: 'return DENIED;\n    }\n  };', to: "return { Role: 'x' } as never;\n    }\n  };", found: 42 },
  'keeps out whose count it cannot delete': { file: 'identity-provider', from: '      await ports.lockout.forget(login);\n    } catch (error) {', to: '      await ports.lockout.forget(login);\n    } catch (error) { throw error;', found: 42 },
  'reads numbers that are none': { file: 'lockout', from: '![count, ends, last].every(Number.isSafeInteger)', to: 'false', found: 42 },
  'takes a record for another partner\'s': { file: 'login-verdict', from: "['unusable-record', record.name !== name],", to: '', found: 42 },
  'remembers for ever': { file: 'partner-source', from: 'now() + cacheSeconds * 1000', to: 'Infinity', found: 43 },
  'remembers by the letter': { file: 'partner-source', from: 'this.memory.set(name,', to: 'this.memory.set(name[0],', found: 43 },
};

async function failsIn({ run }: LoginCase, mutation: Mutation): Promise<boolean> {
  return run(startOf(mutantOf(mutation))).then(() => false, () => true);
}

test.each(Object.entries(MUTANTS))('the cases find an identity provider that %s', async (_name, { found, ...mutation }) => {
  const failed = await Promise.all(LOGIN_CASES.filter(({ number }) => number === found).map((each) => failsIn(each, mutation)));
  expect(failed).toContain(true);
}, 30_000);

test('the cases find nothing wrong with the identity provider itself, loaded in the same way', async () => {
  const start = startOf(mutantOf());
  for (const { run } of LOGIN_CASES.filter(({ number }) => number >= 41)) await run(start);
}, 30_000);

test('what mutants are made of is what is shipped', () => {
  expect(Object.keys(mutantOf()).sort()).toEqual(Object.keys(MACHINE).sort());
});
