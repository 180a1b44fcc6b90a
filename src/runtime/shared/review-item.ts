import {
  CreateOpsItemCommand, DescribeOpsItemsCommand, DescribeOpsItemsCommandOutput, GetOpsItemCommand, SSMClient, UpdateOpsItemCommand,
} from '@aws-sdk/client-ssm';
import { unless } from './error-name';
import { isSamePerson, tryActor } from './person';

/** What somebody other than its author has to acknowledge. */
export interface ReviewItem {
  /** Names it for ever, in this account and region: it is opened once, however often that is asked. */
  readonly id: string;
  readonly title: string;
  /** In Markdown. Everyone who may see OpsItems reads it. */
  readonly description: string;
  readonly severity: '1' | '2' | '3' | '4';
  /** Kept with it for whoever looks: names, times, places, nothing secret. Keys may not begin with `aws`, `amazon`, `amzn` or `ssm`. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** How far a review is. */
export type ReviewState =
  | { readonly state: 'open' }
  /** Resolved by somebody who may. */
  | { readonly state: 'acknowledged'; readonly by: string; readonly at: number }
  /** Resolved by an author, by the function itself, or by nobody in particular, such as the root user. */
  | { readonly state: 'not-counted'; readonly by?: string; readonly reason: 'author' | 'nobody' }
  /** Somebody deleted it. */
  | { readonly state: 'missing' };

/** Must not have `aws`, `amazon` or `amzn` in it (Systems Manager API Reference, `CreateOpsItem`). */
export const REVIEW_SOURCE = 'cdk-secure-integrations';

/** Where its id is kept, to be searched. */
const ID_KEY = 'review-id';

/** What Systems Manager takes (API Reference, `CreateOpsItem`); a title or a description that is longer loses its end. */
const MAX_TITLE = 1024;
const MAX_DESCRIPTION = 2048;
const MAX_FACT = 20_000;

/** OpsItems of AWS Systems Manager OpsCenter, each of which stands for a review. */
export class ReviewItems {
  constructor(private readonly client: Pick<SSMClient, 'send'>) {}

  /**
   * Opens an item, and says which OpsItem it is; the one that is there already where it was opened before.
   *
   * Systems Manager holds two items apart by the deduplication string only while the first is unresolved ("Managing duplicate OpsItems"), so one
   * that was resolved is searched for; and what a search does not find yet, the string does.
   */
  public async open(item: ReviewItem): Promise<string> {
    return await this.tryFind(item.id) ?? this.create(item);
  }

  /**
   * How far the review is.
   *
   * `authors` are the ARNs of those whose word does not count, whatever role they take: by the name of a user or of a session. Who made the OpsItem,
   * which is the function's own role, never counts. Judged is who changed a resolved item last: an author who touches one that another resolved has
   * it reopened, which is no harm; who touches one that an author resolved lets it stand, which is to acknowledge it.
   */
  public async inspect(opsItemId: string, authors: readonly string[]): Promise<ReviewState> {
    const answer = await unless('OpsItemNotFoundException', this.client.send(new GetOpsItemCommand({ OpsItemId: opsItemId })));
    const item = answer?.OpsItem;
    if (!item) return { state: 'missing' };
    if (item.Status !== 'Resolved') return { state: 'open' };
    const by = item.LastModifiedBy;
    const actor = tryActor(by);
    if (by === undefined || !actor || item.LastModifiedTime === undefined) return { state: 'not-counted', reason: 'nobody', ...by !== undefined && { by } };
    const maker = tryActor(item.CreatedBy);
    const isMaker = maker !== undefined && (isSamePerson(maker, actor) || (maker.role !== undefined && maker.role === actor.role));
    const isAuthor = isMaker || authors.map(tryActor).some((author) => author !== undefined && isSamePerson(author, actor));
    return isAuthor ? { state: 'not-counted', by, reason: 'author' } : { state: 'acknowledged', by, at: item.LastModifiedTime.getTime() };
  }

  /** Opens an item again whose resolution does not count, and says in it why. */
  public async reopen(opsItemId: string, reason: string): Promise<void> {
    await this.client.send(new UpdateOpsItemCommand({
      OpsItemId: opsItemId,
      Status: 'Open',
      OperationalData: { 'review-reopened': { Type: 'SearchableString', Value: reason.slice(0, MAX_FACT) } },
    }));
  }

  private async tryFind(id: string): Promise<string | undefined> {
    let next: string | undefined;
    do {
      const { OpsItemSummaries = [], NextToken }: DescribeOpsItemsCommandOutput = await this.client.send(new DescribeOpsItemsCommand({
        OpsItemFilters: [
          { Key: 'OperationalData', Operator: 'Equal', Values: [JSON.stringify({ key: ID_KEY, value: id })] },
          { Key: 'Source', Operator: 'Equal', Values: [REVIEW_SOURCE] },
        ],
        MaxResults: 50,
        NextToken: next,
      }));
      const [found] = OpsItemSummaries;
      if (found?.OpsItemId !== undefined) return found.OpsItemId;
      // A page may be empty although there is another.
      next = NextToken;
    } while (next !== undefined);
    return undefined;
  }

  private async create({ id, title, description, severity, facts = {} }: ReviewItem): Promise<string> {
    try {
      const { OpsItemId } = await this.client.send(new CreateOpsItemCommand({
        Source: REVIEW_SOURCE,
        Category: 'Security',
        Title: title.slice(0, MAX_TITLE),
        Description: description.slice(0, MAX_DESCRIPTION),
        Severity: severity,
        OperationalData: {
          '/aws/dedup': { Type: 'SearchableString', Value: JSON.stringify({ dedupString: `${REVIEW_SOURCE}/${id}` }) },
          [ID_KEY]: { Type: 'SearchableString', Value: id },
          ...Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, { Type: 'SearchableString' as const, Value: value.slice(0, MAX_FACT) }])),
        },
      }));
      return named(OpsItemId);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'OpsItemAlreadyExistsException') throw error;
      return named((error as { readonly OpsItemId?: string }).OpsItemId);
    }
  }
}

function named(opsItemId: string | undefined): string {
  if (opsItemId === undefined) throw new Error('Systems Manager named no OpsItem');
  return opsItemId;
}
