import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { ObjectVersion } from './malware-event';
import { Claim, claimOf, Copied, Item, number, QUEUES, scanIdOf, ScanState } from './scan-row';
import { nameOf, unless } from '../shared/error-name';

/** Whose versions, in which table. */
export interface ScansOptions {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly bucket: string;
  readonly keepSeconds: number;
}

/** What became of a change: it was made, or the row was in this state and stayed in it. */
type Change = { readonly changed: true; readonly item: Item } | { readonly changed: false; readonly item: Item; readonly state: ScanState };

/** States of what was found clean. */
const RELEASING: readonly ScanState[] = ['CLEAN', 'RELEASED', 'STUCK'];

/** States that a scan may still change; a scan of a later day is one that a person asked for. */
const OPEN = '#state = :awaiting OR #state = :missing';

/** Rows of versions. Each change is one conditional write, so that events may come twice and in any order. */
export class Scans {
  constructor(private readonly options: ScansOptions) {}

  /** Notes a version, unless it is noted; true if it was not. The scan may have come before. */
  public async arrive(version: ObjectVersion, isFolder: boolean, now: number, deadline: number): Promise<boolean> {
    const { client, tableName, bucket } = this.options;
    const state: ScanState = isFolder ? 'FOLDER' : 'AWAITING';
    const put = client.send(new PutItemCommand({
      TableName: tableName,
      Item: {
        id: { S: scanIdOf(bucket, version) },
        objectKey: { S: version.key },
        version: { S: version.versionId },
        arrivedAt: number(now),
        attempts: number(0),
        state: { S: state },
        ...isFolder ? { expires: this.expires(now) } : { queue: { S: QUEUES.AWAITING }, dueAt: number(deadline) },
      },
      ConditionExpression: 'attribute_not_exists(id)',
    }));
    return await unless('ConditionalCheckFailedException', put) !== undefined;
  }

  /** A version was found clean: takes it for release, unless a threat was found in it, it is released, or somebody has it. */
  public async claimClean(id: string, now: number, leaseUntil: number): Promise<Claim | ScanState> {
    const change = await this.claim(id, now, leaseUntil, `${OPEN} OR #state = :unscanned OR (#state = :clean AND leaseUntil < :now)`, {
      ':awaiting': 'AWAITING', ':missing': 'MISSING', ':unscanned': 'UNSCANNED',
    });
    return change.changed ? claimOf(change.item) : change.state;
  }

  /** Takes a version that waits for its release; undefined if somebody has it, or nothing is left to do. */
  public async tryClaim(id: string, now: number, leaseUntil: number): Promise<Claim | undefined> {
    const change = await this.claim(id, now, leaseUntil, '#state = :clean AND leaseUntil < :now', {});
    return change.changed ? claimOf(change.item) : undefined;
  }

  /**
   * A threat was found, which nothing undoes that is said later. Tells whether the threat is known, and whether a copy may be with consumers: known or
   * not, since the answer to the first write may be lost.
   */
  public async markThreat(id: string, now: number): Promise<{ readonly isNew: boolean; readonly isLate: boolean }> {
    const change = await this.change(id, 'SET #state = :threat, threatAt = :now, expires = :expires REMOVE queue, dueAt, leaseUntil', 'attribute_not_exists(threatAt)', {
      ':threat': { S: 'THREAT' }, ':now': number(now), ':expires': this.expires(now),
    }, 'ALL_OLD');
    // A person had it scanned again: consumers may have it, or get it from an attempt that is under way.
    const { state, copyVersion } = change.item;
    return { isNew: change.changed, isLate: copyVersion !== undefined || change.changed && RELEASING.includes(state.S as ScanState) };
  }

  /** A version could not be scanned; false if it was known before, or more than that is. */
  public async markUnscanned(id: string, now: number): Promise<boolean> {
    return (await this.change(id, 'SET #state = :unscanned, expires = :expires REMOVE queue, dueAt', OPEN, {
      ':unscanned': { S: 'UNSCANNED' }, ':awaiting': { S: 'AWAITING' }, ':missing': { S: 'MISSING' }, ':expires': this.expires(now),
    })).changed;
  }

  /**
   * No scan came by the deadline; false if one has come meanwhile. True also if that is known: the client tries a write again whose answer it did not get,
   * and to say it twice is better than never.
   */
  public async markMissing(id: string, now: number): Promise<boolean> {
    return isNow('MISSING', await this.change(id, 'SET #state = :missing, expires = :expires REMOVE queue, dueAt', '#state = :awaiting', {
      ':missing': { S: 'MISSING' }, ':awaiting': { S: 'AWAITING' }, ':expires': this.expires(now),
    }));
  }

  /** Remembers a copy in parts, so that a later attempt goes on with it; false if the claim is over. */
  public noteUpload(claim: Claim, upload: string): Promise<boolean> {
    return this.ofClaim(claim, 'SET upload = :upload', { ':upload': { S: upload } });
  }

  /** Remembers the copy, so that a later attempt makes no second one; false if the claim is over, or a threat was found meanwhile. */
  public noteCopy(claim: Claim, { versionId, bytes }: Copied): Promise<boolean> {
    return this.ofClaim(claim, 'SET copyVersion = :version, copyBytes = :bytes REMOVE upload', { ':version': { S: versionId }, ':bytes': number(bytes) });
  }

  /** Leaves a version to the sweeper from then on; not if somebody else has it by now. */
  public async postpone(claim: Claim, until: number): Promise<void> {
    await this.ofClaim(claim, 'SET leaseUntil = :until, dueAt = :until', { ':until': number(until) });
  }

  /** Nothing is left to do. Whoever told the target may say so, also after its lease. False if a threat was found meanwhile. */
  public async markReleased({ id }: Claim, now: number): Promise<boolean> {
    return (await this.change(id, 'SET #state = :released, expires = :expires REMOVE queue, dueAt, leaseUntil', '#state = :clean', {
      ':released': { S: 'RELEASED' }, ':clean': { S: 'CLEAN' }, ':expires': this.expires(now),
    })).changed;
  }

  /** Gives a version up, and leaves it to a person; false if somebody else has it by now. True if it is given up already, as with `markMissing`. */
  public async markStuck(claim: Claim): Promise<boolean> {
    return isNow('STUCK', await this.changeOfClaim(claim, 'SET #state = :stuck, queue = :queue, dueAt = :zero REMOVE leaseUntil, upload', {
      ':stuck': { S: 'STUCK' }, ':queue': { S: QUEUES.STUCK }, ':zero': number(0),
    }));
  }

  /** Has a version that is STUCK released after all; false if it is not. */
  public async redrive(id: string): Promise<boolean> {
    return (await this.change(id, 'SET #state = :clean, queue = :queue, dueAt = :zero, leaseUntil = :zero, attempts = :zero', '#state = :stuck', {
      ':clean': { S: 'CLEAN' }, ':stuck': { S: 'STUCK' }, ':queue': { S: QUEUES.CLEAN }, ':zero': number(0),
    })).changed;
  }

  private claim(id: string, now: number, leaseUntil: number, condition: string, states: Readonly<Record<string, ScanState>>): Promise<Change> {
    const values = Object.fromEntries(Object.entries(states).map(([name, state]) => [name, { S: state }]));
    return this.change(id, 'SET #state = :clean, queue = :queue, leaseUntil = :until, dueAt = :until ADD attempts :one REMOVE expires', condition, {
      ...values, ':clean': { S: 'CLEAN' }, ':queue': { S: QUEUES.CLEAN }, ':until': number(leaseUntil), ':one': number(1), ':now': number(now),
    });
  }

  private async ofClaim(claim: Claim, update: string, values: Item): Promise<boolean> {
    return (await this.changeOfClaim(claim, update, values)).changed;
  }

  private changeOfClaim({ id, leaseUntil }: Claim, update: string, values: Item): Promise<Change> {
    return this.change(id, update, '#state = :clean AND leaseUntil = :mine', { ...values, ':clean': { S: 'CLEAN' }, ':mine': number(leaseUntil) });
  }

  private async change(id: string, update: string, condition: string, values: Item, returned: 'ALL_NEW' | 'ALL_OLD' = 'ALL_NEW'): Promise<Change> {
    const { client, tableName } = this.options;
    try {
      const { Attributes } = await client.send(new UpdateItemCommand({
        TableName: tableName,
        Key: { id: { S: id } },
        UpdateExpression: update,
        ConditionExpression: `attribute_exists(id) AND (${condition})`,
        ExpressionAttributeNames: STATE,
        ExpressionAttributeValues: values,
        ReturnValues: returned,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return { changed: true, item: Attributes! };
    } catch (error) {
      const { Item: present } = error as Partial<ConditionalCheckFailedException>;
      if (nameOf(error) !== 'ConditionalCheckFailedException' || present?.state?.S === undefined) throw error;
      return { changed: false, item: present, state: present.state.S as ScanState };
    }
  }

  private expires(now: number): { readonly N: string } {
    return number(Math.floor(now / 1000) + this.options.keepSeconds);
  }
}

function isNow(state: ScanState, change: Change): boolean {
  return change.changed || change.state === state;
}

/** A reserved word (Developer Guide, "Reserved words"). */
const STATE = { '#state': 'state' };
