import { Outcome, Proof } from './proof';
import { deployed, Deployed } from './sftp-isolation/deployed';
import { Bounds, crossingsOf, isPlain, lossesOf, some, Way } from './sftp-isolation/judge';
import { beyond, foreign, own } from './sftp-isolation/operations';
import { ACCOUNT, names, Partner, partner, REGION, runtimePartner, twisted } from './sftp-isolation/partners';
import { Subject, subjectWith } from './sftp-isolation/subject';

const PAIRS = 2_000;
/** Failures after which no more pairs are judged. */
const ENOUGH = 5;
/** Partners of the template that is judged, and of those that are added to it; each with each. */
const DEPLOYED = [12, 4] as const;

/** A role of one's own and a session bound a partner, each by itself. What partners share bounds none of them: there the session does. */
const EACH_ALONE: readonly Way[] = ['role', 'session'];
const IN_SHARED_ROLE: readonly Way[] = ['session', 'both'];

/** What was judged, of which pairs. */
export interface Judged extends Outcome { readonly pairs: number; readonly crossings: number }

/** Judges partners by the modules that keep them apart, or by those that somebody changed. Throws where no pair was legal. */
export async function proveIsolation(subject: Subject, pairs: number, say: (line: string) => void): Promise<Judged> {
  const wrong: string[] = [];
  const judged = { pairs: 0, refused: 0, own: 0, foreign: 0 };
  let at = 0;
  for (const [named, other] of twisted(names())) {
    if (judged.pairs >= pairs || wrong.length >= ENOUGH) break;
    at += 1;
    const [turn, base] = [64, 16].map((each) => Math.floor(at / each));
    // Both of a template, both at run time, or one of each. Prime to what accesses, bases and twists are counted by.
    const [isLate, isOtherLate] = [at % 7 === 1 || at % 7 === 2, at % 7 === 2 || at % 7 === 3];
    const one = isLate ? runtimePartner(named, at) : partner(named, at, base);
    const two = isOtherLate ? runtimePartner(other, at) : partner(other, Math.floor(at / 4), base);
    if (!isLegal(subject, [one, two])) {
      judged.refused += 1;
      continue;
    }
    judged.pairs += 1;
    // Which operations there are depends on a few things only; each pair has its turn with some of them.
    const [others, never] = [two.directories.flatMap(foreign), one.directories.flatMap(beyond)].map((calls) => some(calls, turn, 8).filter(isPlain));
    const theirs = some(one.directories.flatMap(own), turn).filter(isPlain);
    judged.foreign += others.length + never.length;
    judged.own += theirs.length;
    const bounds = boundsOf(subject, one);
    wrong.push(
      ...await crossingsOf(bounds, others, one.shared && two.shared ? IN_SHARED_ROLE : EACH_ALONE, two.name),
      ...await crossingsOf(bounds, never, one.shared ? IN_SHARED_ROLE : EACH_ALONE, one.name),
      ...await lossesOf(bounds, theirs),
    );
  }
  say(`${judged.foreign} operations on what is another's, ${judged.own} on their own; ${judged.refused} pairs refused, by name or by place`);
  wrong.slice(0, ENOUGH).forEach(say);
  return summed({ pairs: judged.pairs, crossings: wrong.length });
}

/** Judges the roles that a template has, each partner with each other one. */
export async function proveDeployed(partners: readonly Deployed[], say: (line: string) => void): Promise<Judged> {
  const wrong: string[] = [];
  const judged = { pairs: 0, calls: 0 };
  for (const [index, one] of partners.entries()) {
    wrong.push(...await lossesOf(one, one.directories.flatMap(own)));
    wrong.push(...await crossingsOf(one, one.directories.flatMap(beyond), one.sharesRole ? IN_SHARED_ROLE : EACH_ALONE, one.name));
    for (const [turn, two] of partners.entries()) {
      if (one === two || wrong.length >= ENOUGH) continue;
      const others = some(two.directories.flatMap(foreign), index + turn);
      judged.pairs += 1;
      judged.calls += others.length;
      wrong.push(...await crossingsOf(one, others, one.sharesRole && two.sharesRole ? IN_SHARED_ROLE : EACH_ALONE, two.name));
    }
  }
  const sharing = partners.filter(({ sharesRole }) => sharesRole).length;
  say(`${judged.pairs} pairs of ${partners.length} partners as deployed, of whom ${sharing} share a role: ${judged.calls} operations on what is another's`);
  wrong.slice(0, ENOUGH).forEach(say);
  return summed({ pairs: judged.pairs, crossings: wrong.length });
}

/** One who lost what is its own is among the crossings. */
function summed(...parts: ReadonlyArray<Pick<Judged, 'pairs' | 'crossings'>>): Judged {
  const [pairs, crossings] = (['pairs', 'crossings'] as const).map((each) => parts.reduce((sum, part) => sum + part[each], 0));
  return { holds: crossings === 0, figures: `${pairs} pairs, ${crossings} crossings`, pairs, crossings };
}

export const proof: Proof = {
  claim: 'no partner may read, write, list or decrypt what another has, by its role or by its session, however alike their names are',
  async run([pairs = String(PAIRS)], say) {
    if (!/^[1-9]\d{0,5}$/.test(pairs)) throw new Error('the number of pairs must be a whole number');
    const formats = await proveIsolation(subjectWith(), Number(pairs), say);
    const templates = await proveDeployed(deployed(...DEPLOYED), say);
    return summed(formats, templates);
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

function boundsOf(subject: Subject, { name, directories, shared }: Partner): Bounds {
  return {
    name,
    role: subject.partnerStatements(shared ?? directories, { partition: 'aws', region: REGION }),
    session: JSON.parse(subject.sessionPolicy({ directories })) as unknown,
  };
}
