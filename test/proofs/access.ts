import { Claim, Claims, decided } from './access/claim';
import { Deployed, deployed } from './access/deployed';
import { duties } from './access/duties';
import { emergency } from './access/emergency';
import { escalation } from './access/escalation';
import { LEFT_OPEN, WAYS } from './access/pathfinding';
import { tags } from './access/tags';
import { trusts } from './access/trusts';
import { users } from './access/users';
import { Outcome, Proof } from './proof';

/** What is claimed, by what it is about. */
export const ABOUT: Readonly<Record<string, Claims>> = { trusts, users, tags, emergency, duties, escalation };

/** Wrong decisions that are said one by one. */
const ENOUGH = 20;

/** What was decided, and how often it was not what is stated by hand. */
export interface Judged extends Outcome { readonly decisions: number; readonly wrong: number }

/** Decides on what a template says, for some of the claims or all. */
export async function proveAccess(subject: Deployed, say: (line: string) => void, about: readonly string[] = Object.keys(ABOUT)): Promise<Judged> {
  const sum = { decisions: 0, wrong: [] as string[] };
  for (const name of about) {
    const claims: readonly Claim[] = ABOUT[name](subject);
    const { decisions, wrong } = await decided(claims);
    say(`${name}: ${claims.length} claims, ${claims.filter(({ allowed }) => allowed).length} of them that something is allowed; ${decisions} decisions, ${wrong.length} wrong`);
    sum.decisions += decisions;
    sum.wrong.push(...wrong);
  }
  sum.wrong.slice(0, ENOUGH).forEach((line) => say(`wrong: ${line}`));
  const wrong = sum.wrong.length;
  return { holds: wrong === 0, figures: `${sum.decisions} decisions, ${wrong} wrong`, decisions: sum.decisions, wrong };
}

export const proof: Proof = {
  claim: 'exactly the people who were meant take on each role, and no role leads to more than its duty',
  async run(_args, say) {
    const subject = deployed();
    say(`${Object.keys(subject.holders).length} roles and permission sets; ${WAYS.length} ways to more rights, of which the boundary alone leaves open ${LEFT_OPEN.join(', ')}`);
    return proveAccess(subject, say);
  },
};
