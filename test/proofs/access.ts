import { Claim, Claims, Decided, decided } from './access/claim';
import { Deployed, deployed } from './access/deployed';
import { duties } from './access/duties';
import { emergency } from './access/emergency';
import { escalation } from './access/escalation';
import { LEFT_OPEN, WAYS } from './access/pathfinding';
import { reviews } from './access/reviews';
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

/** Decides on what a template says, for all claims, or for those that are about something and have such names. */
export async function proveAccess(subject: Deployed, say: (line: string) => void, about: readonly string[] = Object.keys(ABOUT), only = /^/): Promise<Judged> {
  const parts: Decided[] = [];
  for (const name of about) {
    const claims: readonly Claim[] = ABOUT[name](subject).filter((each) => only.test(each.name));
    const { decisions, wrong } = await decided(claims);
    say(`${name}: ${claims.length} claims, ${claims.filter(({ allowed }) => allowed).length} of them that something is allowed; ${decisions} decisions, ${wrong.length} wrong`);
    parts.push({ decisions, wrong });
  }
  return summed(parts, say);
}

/** Decides on whose word counts for a review, which no policy says. */
export async function proveReviews(say: (line: string) => void): Promise<Judged> {
  const { decisions, wrong } = await reviews();
  say(`reviews: ${decisions} decisions, ${wrong.length} wrong`);
  return summed([{ decisions, wrong }], say);
}

function summed(parts: readonly Decided[], say: (line: string) => void): Judged {
  const decisions = parts.reduce((sum, part) => sum + part.decisions, 0);
  const all = parts.flatMap((part) => part.wrong);
  all.slice(0, ENOUGH).forEach((line) => say(`wrong: ${line}`));
  return judged(decisions, all.length);
}

function judged(decisions: number, wrong: number): Judged {
  return { holds: wrong === 0, figures: `${decisions} decisions, ${wrong} wrong`, decisions, wrong };
}

export const proof: Proof = {
  claim: 'exactly the people who were meant take on each role, and no role leads to more than its duty',
  async run(_args, say) {
    const subject = deployed();
    say(`${Object.keys(subject.holders).length} roles and permission sets; ${WAYS.length} ways to more rights, of which the boundary alone leaves open ${LEFT_OPEN.join(', ')}`);
    const policies = await proveAccess(subject, say);
    const words = await proveReviews(say);
    return judged(policies.decisions + words.decisions, policies.wrong + words.wrong);
  },
};
