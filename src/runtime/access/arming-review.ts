import type { Verdict } from './arming';
import type { ArmingParameter, ArmingVersion } from './arming-parameter';
import type { ReviewItem, ReviewItems } from '../shared/review-item';

/** One version of the parameter that is to be reviewed. */
export interface Arming {
  readonly id: string;
  readonly version: ArmingVersion;
  readonly verdict: Exclude<Verdict, { readonly is: 'disarmed' }>;
}

/** How far the review of one arming is. */
export type Progress = 'reviewed' | 'open' | 'overdue' | 'reopened';

/** What reviews need of the world. */
export interface ReviewPorts {
  readonly reviews: Pick<ReviewItems, 'open' | 'inspect' | 'reopen'>;
  /** In milliseconds since 1970. */
  now(): number;
}

/** Names an arming for ever: a parameter that was deleted and made again counts its versions anew. */
export function armingId(parameter: Pick<ArmingParameter, 'name'>, { number, writtenAt }: ArmingVersion): string {
  return `${parameter.name}:${number}:${Math.floor(writtenAt / 1000)}`;
}

/**
 * Has an arming reviewed by somebody who neither armed nor had the access.
 *
 * The item is opened anew each time, which makes one alone however often that is, and one again where somebody deleted it.
 */
export async function review(arming: Arming, account: string, withinMilliseconds: number, { reviews, now }: ReviewPorts): Promise<Progress> {
  const opsItem = await reviews.open(reviewItem(arming));
  const { version, verdict: { request } } = arming;
  // As `inspect` takes them: by the name of a user. Whoever had the access is known by name alone.
  const authors = [...version.writtenBy === undefined ? [] : [version.writtenBy], ...request ? [`arn:aws:iam::${account}:user/${request.for}`] : []];
  const found = await reviews.inspect(opsItem, authors);
  if (found.state === 'acknowledged') return 'reviewed';
  if (found.state === 'not-counted') {
    await reviews.reopen(opsItem, found.reason === 'author'
      ? 'it was resolved by who armed the access or had it, or by the function itself' : 'it was resolved by nobody in particular');
    return 'reopened';
  }
  return now() > version.writtenAt + withinMilliseconds ? 'overdue' : 'open';
}

function reviewItem({ id, version: { writtenBy = 'unknown' }, verdict }: Arming): ReviewItem {
  const { request } = verdict;
  const isArmed = verdict.is === 'armed';
  const title = isArmed ? `Emergency access of ${verdict.request.for} until ${verdict.request.until}` : `Emergency access was refused: ${verdict.reason}`;
  return {
    id,
    title,
    description: [
      `${title}.`,
      `Armed by ${writtenBy}.`,
      ...request ? [`Ticket ${request.ticket}. Their reason: ${quoted(request.reason)}`] : [],
      'Look in the audit trail at what was done in the role meanwhile, see that it was what the ticket says, and resolve this item. '
      + 'Whoever armed the access or had it cannot: it would be opened again.',
    ].join('\n\n'),
    severity: isArmed ? '1' : '2',
    facts: {
      'arming-by': writtenBy,
      ...isArmed ? { 'arming-for': verdict.request.for, 'arming-until': verdict.request.until } : { 'arming-refused': verdict.reason },
    },
  };
}

/** Text that somebody wrote, which is no Markdown of ours. */
function quoted(text: string): string {
  return `\n\n> ${text.replace(/[\\`*_{}[\]()#<>|]/g, '\\$&').replace(/\s+/g, ' ')}`;
}
