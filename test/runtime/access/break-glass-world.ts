import { ARMED_POLICY, ArmedRole } from '../../../src/runtime/access/armed-role';
import { ArmingParameter } from '../../../src/runtime/access/arming-parameter';
import { breakGlass } from '../../../src/runtime/access/break-glass';
import { EVENT_SOURCE } from '../../../src/runtime/access/event-source';
import { EventBus } from '../../../src/runtime/shared/event-bus';
import { ReviewItems } from '../../../src/runtime/shared/review-item';
import { answerOr, PlannedFault } from '../faults';
import { OpsCenter, OpsCenterError } from '../ops-center';
import { Call, clientOf, ServiceError, withDates } from '../secrets/harness/service';

export const NOW = Date.UTC(2026, 10, 25, 8);
export const MINUTE = 60 * 1000;
export const HOUR = 60 * MINUTE;
export const ACCOUNT = '111122223333';
export const PARAMETER = '/break-glass/Admin';

/** ARN of somebody's session in a role. */
export const session = (person: string, role = 'Armer') => `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${person}`;

export const SETTINGS = {
  account: ACCOUNT,
  roleName: 'Admin',
  ownPolicies: ['Guard'],
  armerRole: 'Armer',
  parameterName: PARAMETER,
  longestMilliseconds: HOUR,
  reviewMilliseconds: 48 * HOUR,
  eventBusName: 'default',
};

export const ENVIRONMENT = {
  ACCOUNT_ID: ACCOUNT,
  ROLE_NAME: 'Admin',
  OWN_POLICIES: '["Guard"]',
  ARMER_ROLE: 'Armer',
  PARAMETER_NAME: PARAMETER,
  LONGEST_MINUTES: '60',
  REVIEW_HOURS: '48',
  EVENT_BUS_NAME: 'default',
};

interface Version {
  readonly Value: string;
  readonly LastModifiedUser?: string;
  readonly LastModifiedDate: number;
  readonly Version: number;
  Labels: string[];
}

type Told = { readonly type: string; readonly detail: Readonly<Record<string, unknown>> };

/** A request that is fine, for an hour from the world's time. */
export function request(world: BreakGlassWorld, changes: Readonly<Record<string, unknown>> = {}): string {
  const until = new Date(world.now + HOUR - MINUTE).toISOString().replace(/\.\d+Z$/, 'Z');
  return JSON.stringify({ for: 'bob', reason: 'the orders table answers nobody', ticket: 'INC-4711', until, ...changes });
}

/** A parameter with its history, a role, OpsItems, an event bus and a clock, in memory. */
export class BreakGlassWorld {
  public now = NOW;
  public versions: Version[] = [];
  public inline = new Map<string, string>([['Guard', '{}']]);
  public attached: string[] = [];
  public readonly center = new OpsCenter(() => this.now, session('Function', 'BreakGlassFunction'));
  public readonly told: Told[] = [];
  public readonly log: Array<Readonly<Record<string, unknown>>> = [];
  public calls: Call[] = [];
  public fault?: PlannedFault;
  /** Operations that fail, and how. */
  public readonly failing = new Map<string, string>();
  /** Answers have one entry at most. */
  public onePerPage = false;

  constructor() {
    this.write('disarmed', 'arn:aws:iam::111122223333:user/deployer');
  }

  /** Writes the parameter, as Systems Manager lets whoever may. */
  public write(text: string, by: string | undefined): void {
    const [oldest] = this.versions;
    if (this.versions.length >= 100) {
      if (oldest.Labels.length > 0) throw new ServiceError('ParameterMaxVersionLimitExceeded');
      this.versions.shift();
    }
    const Version = (this.versions.at(-1)?.Version ?? 0) + 1;
    this.versions.push({ Value: text, Version, LastModifiedDate: this.now, Labels: [], ...by !== undefined && { LastModifiedUser: by } });
  }

  /** Somebody in the role that may arms access for somebody else. */
  public arm(changes: Readonly<Record<string, unknown>> = {}, by = session('alice')): void {
    this.write(request(this, changes), by);
  }

  public async run(event: unknown = {}): Promise<void> {
    await breakGlass(SETTINGS, {
      parameter: new ArmingParameter(clientOf(this.answer), PARAMETER),
      role: new ArmedRole(clientOf(this.answer), SETTINGS.roleName, SETTINGS.ownPolicies),
      events: new EventBus(clientOf(this.answer), SETTINGS.eventBusName, EVENT_SOURCE),
      reviews: new ReviewItems(clientOf(this.answer)),
      now: () => this.now,
      log: (entry) => void this.log.push(entry),
    })(event);
  }

  /** Whether somebody may do something in the role now, as IAM evaluates it. */
  public lets(person: string): boolean {
    const text = this.inline.get(ARMED_POLICY);
    if (text === undefined) return false;
    const { Statement: [{ Effect, Action, Resource, Condition }] } = JSON.parse(text) as { Statement: Array<Record<string, unknown>> };
    expect([Effect, Action, Resource, Object.keys(Object(Condition))]).toEqual(['Allow', '*', '*', ['StringEquals', 'StringLike', 'DateLessThan']]);
    const { StringEquals, StringLike, DateLessThan } = Condition as Record<string, Record<string, string>>;
    expect(StringLike).toEqual({ 'aws:userid': `*:${StringEquals['aws:SourceIdentity']}` });
    return StringEquals['aws:SourceIdentity'] === person && this.now < Date.parse(DateLessThan['aws:CurrentTime']);
  }

  public labelled(label: string): number | undefined {
    return this.versions.find(({ Labels }) => Labels.includes(label))?.Version;
  }

  public outcomes(): string[] {
    return this.log.map(({ outcome, what, reason }) => [outcome, what, reason].filter(Boolean).join(' '));
  }

  /** What AWS answers to a call; dates are milliseconds. */
  protected respond(call: Call): unknown {
    this.calls.push(call);
    const failure = this.failing.get(call.operation);
    if (failure !== undefined) throw new ServiceError(failure, `CANARY: ${JSON.stringify(call.input)}`);
    return this.perform(call);
  }

  private readonly answer = async (call: Call): Promise<unknown> =>
    withOpsDates(withDates(await answerOr(this.fault, this.calls, call, (each) => this.tellingOpsItems(each))));

  private tellingOpsItems(call: Call): unknown {
    try {
      return this.respond(call);
    } catch (error) {
      throw error instanceof OpsCenterError ? Object.assign(error, error.details) : error;
    }
  }

  private perform({ operation, input }: Call): unknown {
    if (/OpsItem/.test(operation)) return this.center.call(operation, input);
    if (operation === 'PutEvents') {
      const [{ DetailType, Detail, Source, EventBusName }] = input.Entries as Array<Record<string, string>>;
      expect([Source, EventBusName]).toEqual(['cdk-secure-integrations.access', 'default']);
      this.told.push({ type: DetailType, detail: JSON.parse(Detail) as Told['detail'] });
      return { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
    }
    return /Parameter/.test(operation) ? this.ofParameter(operation, input) : this.ofRole(operation, input);
  }

  private ofParameter(operation: string, { Name, ParameterVersion, Labels, NextToken }: Call['input']): unknown {
    if (Name !== PARAMETER || this.versions.length === 0) throw new ServiceError('ParameterNotFound');
    if (operation === 'LabelParameterVersion') {
      const [label] = Labels as string[];
      for (const version of this.versions) {
        version.Labels = version.Labels.filter((each) => each !== label);
        if (version.Version === ParameterVersion) version.Labels.push(label);
      }
      return { InvalidLabels: [], ParameterVersion };
    }
    const size = this.onePerPage ? 1 : 50;
    const from = Number(NextToken ?? 0);
    const isMore = from + size < this.versions.length;
    return { Parameters: this.versions.slice(from, from + size), ...isMore && { NextToken: String(from + size) } };
  }

  private ofRole(operation: string, { RoleName, PolicyName, PolicyDocument, Marker }: Call['input']): unknown {
    if (RoleName !== SETTINGS.roleName) throw new ServiceError('NoSuchEntityException');
    const name = String(PolicyName);
    switch (operation) {
      case 'ListRolePolicies': {
        const names = [...this.inline.keys()];
        if (!this.onePerPage) return { PolicyNames: names, IsTruncated: false };
        const from = Number(Marker ?? 0);
        return { PolicyNames: names.slice(from, from + 1), IsTruncated: from + 1 < names.length, Marker: String(from + 1) };
      }
      case 'ListAttachedRolePolicies': return { AttachedPolicies: this.attached.map((PolicyArn) => ({ PolicyArn })), IsTruncated: false };
      case 'GetRolePolicy':
        if (!this.inline.has(name)) throw new ServiceError('NoSuchEntityException');
        return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(this.inline.get(name)!) };
      case 'PutRolePolicy':
        this.inline.set(name, String(PolicyDocument));
        return {};
      case 'DeleteRolePolicy':
        if (!this.inline.delete(name)) throw new ServiceError('NoSuchEntityException');
        return {};
      default: throw new ServiceError('UnknownOperationException', operation);
    }
  }
}

/** Times of OpsItems, which are no dates to `withDates`. */
function withOpsDates(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, inner: unknown) => /Time$|LastModifiedDate$/.test(name) ? new Date(inner as string) : inner);
}

/** Runs something until it ends, in whichever way; what died hangs at its last call. */
export async function untilItEnds(work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => setImmediate(() => setImmediate(resolve)))]);
}
