import { Call, shown } from './iam/call';
import { Identity, Statement } from './iam/role';
import { decide } from './iam/simulate';
import { Outcome, Proof } from './proof';
import { beyond, foreign, own } from './sftp-isolation/operations';
import { ACCOUNT, names, Partner, partner, REGION, twisted } from './sftp-isolation/partners';
import { Subject, subjectWith } from './sftp-isolation/subject';

const PAIRS = 2_000;
/** Failures after which no more pairs are judged. */
const ENOUGH = 5;

/** As the keys of a foundation have it: what the role's policies allow is allowed. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};
/** What a role without bounds could do, so that the policy of the session stands alone. */
const EVERYTHING: readonly Statement[] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

/** Decides by a partner's role alone, by its session alone, and by both, and tells by which of these a call is allowed. */
class Judge {
  private readonly role: readonly Statement[];
  private readonly session: { readonly Statement: readonly Statement[] };

  constructor(subject: Subject, { directories }: Partner) {
    this.role = subject.partnerStatements(directories, { partition: 'aws', region: REGION });
    this.session = JSON.parse(subject.sessionPolicy({ directories })) as { Statement: Statement[] };
  }

  /** What allows a call: none of these, some or all three. */
  public async allowedBy(call: Call): Promise<string[]> {
    const ways: readonly [string, readonly Statement[], unknown][] = [
      ['role', this.role, undefined], ['session', EVERYTHING, this.session], ['both', this.role, this.session],
    ];
    const found: string[] = [];
    for (const [way, role, session] of ways) {
      const policy = call.action.startsWith('kms:') ? KEY_POLICY : undefined;
      if (await decide(call, identity(role), [], policy, session) === 'Allowed') found.push(way);
    }
    return found;
  }
}

/** Judges partners by the modules that keep them apart, or by those that somebody changed. Throws where no pair was legal. */
export async function proveIsolation(subject: Subject, pairs: number, say: (line: string) => void): Promise<Outcome> {
  const crossings: string[] = [];
  const lost: string[] = [];
  const judged = { pairs: 0, refused: 0, own: 0, foreign: 0 };
  let at = 0;
  for (const [named, other] of twisted(names())) {
    if (judged.pairs === pairs || crossings.length + lost.length >= ENOUGH) break;
    at += 1;
    const [turn, base] = [64, 16].map((each) => Math.floor(at / each));
    const [one, two] = [partner(named, at, base), partner(other, Math.floor(at / 4), base)];
    if (!isLegal(subject, [one, two])) {
      judged.refused += 1;
      continue;
    }
    judged.pairs += 1;
    const judge = new Judge(subject, one);
    // Which operations there are depends on a few things only; each pair has its turn with some of them.
    const others = some(two.directories.flatMap(foreign).concat(one.directories.flatMap(beyond)), turn).filter(isPlain);
    for (const call of others) {
      judged.foreign += 1;
      const by = await judge.allowedBy(call);
      if (by.length > 0) crossings.push(`${one.name} may, by ${by.join(' and ')}: ${shown(call)} ${JSON.stringify(call.context)} of ${two.name}`);
    }
    for (const call of some(one.directories.flatMap(own), turn).filter(isPlain)) {
      judged.own += 1;
      if ((await judge.allowedBy(call)).length < 3) lost.push(`${one.name} may not: ${shown(call)} ${JSON.stringify(call.context)}`);
    }
  }
  say(`${judged.foreign} operations on what is another's, ${judged.own} on their own; ${judged.refused} pairs refused, by name or by place`);
  [...crossings, ...lost.map((line) => `lost: ${line}`)].slice(0, ENOUGH).forEach(say);
  return { holds: crossings.length + lost.length === 0, figures: `${judged.pairs} pairs, ${crossings.length} crossings` };
}

export const proof: Proof = {
  claim: 'no partner may read, write, list or decrypt what another has, by its role or by its session, however alike their names are',
  async run([pairs = String(PAIRS)], say) {
    if (!/^[1-9]\d{0,5}$/.test(pairs)) throw new Error('the number of pairs must be a whole number');
    return proveIsolation(subjectWith(), Number(pairs), say);
  },
};

function isLegal(subject: Subject, partners: readonly Partner[]): boolean {
  const checked = partners.flatMap(({ name, directories }) => subject.checkPartnerRecord({
    version: 1,
    name,
    disabled: false,
    keys: [],
    networks: ['192.0.2.0/24'],
    roleArn: `arn:aws:iam::${ACCOUNT}:role/${'r'.repeat(64)}`,
    passwordRequired: false,
    directories,
  }));
  return checked.length === 0 && subject.conflictsAmong(partners).length === 0;
}

/** The simulator takes `*` in the name of a resource for a pattern. Names with one are refused, unless somebody changed that. */
function isPlain({ resource }: Call): boolean {
  return !/[*?]/.test(resource);
}

/** Every fourth of a list, beginning elsewhere each time. */
function some<T>(list: readonly T[], turn: number): T[] {
  return list.filter((_, index) => (index + turn) % 4 === 0);
}

function identity(denials: readonly Statement[]): Identity {
  const role = `arn:aws:iam::${ACCOUNT}:role/sftp/partner`;
  return { roleArn: role, sessionArn: `arn:aws:sts::${ACCOUNT}:assumed-role/partner/acme.1a2b@s-0123456789abcdef0`, account: ACCOUNT, grants: [], denials, boundaries: [] };
}
