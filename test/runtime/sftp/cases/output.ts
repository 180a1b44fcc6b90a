import fc from 'fast-check';
import { expectAccepted, expectDenied, KEYS_ALONE, lastOf, LoginCase, LoginWorld, Start } from './world';
import { login, newKey, PASSWORD, ROLE_PREFIX, store, storePassword, storeText } from '../partners';

/** Names that begin alike, end in signs, or are as long as can be. */
const NAMES = ['acme', 'acme2', 'acme.', 'acme-', 'acme_', 'acme..', 'a..', '0-0', 'z'.repeat(100)];

async function worldOf(start: Start, names: readonly string[] = ['acme']): Promise<LoginWorld> {
  const world = await start(KEYS_ALONE);
  // Prefixes end in no sign that a pattern is made of, as names do not.
  for (const name of names) store(world.tables, { name, keys: [newKey()], passwordRequired: false });
  return world;
}

interface Statement { readonly Resource: string | string[]; readonly Condition?: Record<string, Record<string, string | string[]>> }
interface Policy { readonly Statement: readonly Statement[] }

/** Everything in a policy that names objects: resources that are such, and the prefixes that may be listed. */
function patternsOf(text: string): readonly string[] {
  return (JSON.parse(text) as Policy).Statement.flatMap(({ Resource, Condition }) => [
    ...[Resource].flat().filter((resource) => resource.includes('s3:::') && resource.includes('/')).map((resource) => resource.replace(/^arn:aws:s3:::incoming-files\//, '')),
    ...Object.values(Condition ?? {}).flatMap((each) => [each['s3:prefix'] ?? []].flat()),
  ]);
}

export const OUTPUT_CASES: readonly LoginCase[] = [
  {
    number: 35,
    title: 'policy and home are texts of JSON, keys are a list, and no policy of 2048 characters or more is needed for the longest name',
    async run(start) {
      const world = await worldOf(start, NAMES);
      for (const name of NAMES) {
        const answer = await world.ask(login({ username: name }));
        expectAccepted(answer);
        expect(JSON.parse(answer.Policy)).toMatchObject({ Version: '2012-10-17' });
        expect(answer.Policy.length).toBeLessThanOrEqual(2048);
        expect(JSON.parse(answer.HomeDirectoryDetails)).toEqual([{ Entry: '/', Target: `/incoming-files/${name}` }]);
        expect(Array.isArray(answer.PublicKeys)).toBe(true);
      }
    },
  },
  {
    number: 35,
    title: 'every pattern in a policy is below the prefix of the partner itself, and of no sibling whose name begins so',
    async run(start) {
      const world = await worldOf(start, NAMES);
      for (const name of NAMES) {
        const answer = await world.ask(login({ username: name }));
        expectAccepted(answer);
        const patterns = patternsOf(answer.Policy);
        expect(patterns.length).toBeGreaterThan(2);
        for (const pattern of patterns) expect(pattern).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')}/\\*/?$`));
      }
    },
  },
  {
    number: 35,
    title: 'so it is for any legal name, and one that begins so is served elsewhere',
    async run(start) {
      const world = await start(KEYS_ALONE);
      const key = newKey();
      await fc.assert(fc.asyncProperty(fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{2,98}$/), fc.constantFrom('', '2', '-', '.', '_x'), async (name, end) => {
        const username = (name + end).slice(0, 100);
        store(world.tables, { name: username, keys: [key], passwordRequired: false });
        const answer = await world.ask(login({ username }));
        expectAccepted(answer);
        expect(answer.Policy.length).toBeLessThanOrEqual(2048);
        expect(answer.HomeDirectoryDetails).toBe(`[{"Entry":"/","Target":"/incoming-files/${username}"}]`);
        for (const pattern of patternsOf(answer.Policy)) expect([`${username}/*`, `${username}/*/`]).toContain(pattern);
      }), { numRuns: 100 });
    },
  },
  {
    number: 36,
    title: 'a role that is not one of the server\'s partners is handed to nobody',
    async run(start) {
      const world = await worldOf(start);
      for (const roleArn of [
        'arn:aws:iam::111122223333:role/admin', ROLE_PREFIX.replace('1111', '9999') + 'partner', `${ROLE_PREFIX}deeper/partner`, ROLE_PREFIX.slice(0, -1) + '2/partner',
      ]) {
        store(world.tables, { passwordRequired: false, roleArn });
        expectDenied(await world.ask(login()));
        expect(lastOf(world)).toEqual(['misconfigured-partner', 'foreign-role']);
      }
      storeText(world.tables, 'acme', JSON.stringify({ ...JSON.parse(world.tables.rows('partners').get('acme')!.record.S!) as object, roleArn: ROLE_PREFIX }));
      expectDenied(await world.ask(login()));
    },
  },
  {
    number: 37,
    title: 'no target ends in a slash, and a record whose prefix does is used by nobody',
    async run(start) {
      const world = await worldOf(start);
      const directory = { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d', actions: ['read', 'list'] as const };
      const directories = [{ entry: '/in', bucket: 'incoming-files', prefix: 'acme', ...directory }, { entry: '/out', bucket: 'outgoing-files', prefix: 'acme/v1', ...directory }];
      store(world.tables, { passwordRequired: false, directories });
      const answer = await world.ask(login());
      expectAccepted(answer);
      expect(JSON.parse(answer.HomeDirectoryDetails)).toEqual([{ Entry: '/in', Target: '/incoming-files/acme' }, { Entry: '/out', Target: '/outgoing-files/acme/v1' }]);
      for (const prefix of ['acme/', '/acme', '', 'acme/../globex', 'acme//x', 'acme/*', '${transfer:UserName}']) {
        store(world.tables, { passwordRequired: false, directories: [{ ...directories[0], prefix }] });
        expectDenied(await world.ask(login()));
        expect(lastOf(world)).toEqual(['misconfigured-partner', 'unusable-record']);
      }
    },
  },
  {
    number: 38,
    title: 'whatever the reason, a login that fails is answered with the same two bytes',
    async run(start) {
      const world = await start();
      store(world.tables);
      storePassword(world.tables);
      const events = [
        null, login({ username: '../x' }), login({ username: 'nobody' }), login({ protocol: 'FTP' }), login({ sourceIp: '198.51.100.7' }), login({ password: 'x' }),
        login({ username: 'nobody', password: PASSWORD }), login({ sourceIp: 'x' }), login({ serverId: 's-fedcba98765432100' }),
      ];
      for (const event of events) expectDenied(await world.ask(event));
      for (const disabled of [true, 'x' as unknown as boolean]) {
        store(world.tables, { disabled });
        expectDenied(await world.ask(login()));
      }
      world.tables.disturb = () => { throw Object.assign(new Error(), { name: 'AccessDeniedException', details: {} }); };
      expectDenied(await world.ask(login()));
      expect(world.log()).toHaveLength(12);
    },
  },
];
