import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { IAuditTrail } from './audit-trail-ref';
import { DetectionOptions } from './detection-options';
import { DetectionProfile } from './detection-profile';
import { DetectionsProps } from './detections-props';
import { Foundation, IFoundation } from '../foundation';
import { CIS_DETECTIONS, DETECTIONS } from './private/detections';
import { Detection } from './private/detections/detection';
import { addUrgentRules } from './private/urgent-rules';
import { WatchedDetection } from './private/watched-detection';
import { readFilterPattern } from '../formats/filter-pattern';
import { ConfigurationError, requireInteger, requireMatch } from '../private';

/** Amazon CloudWatch Logs quotas: "Metric filters: 100 per log group". Others may have filters on it, too. */
const MAX_FILTERS = 100;

/**
 * Tells people of what a trail records and nobody should have to look for: alarms on the use of the root user, on changes to policies, keys, networks
 * and to what watches, on emergencies.
 *
 * Each detection is a metric filter on the log group of the trail and an alarm that says what to do. Minutes pass until CloudTrail delivers an event,
 * whichever Region it is of. An alarm and its metric cost about 0.40 US dollars a month.
 *
 * @example
 * declare const trail: audit.AuditTrail;
 * const detections = new audit.Detections(this, 'Detections', { trail });
 * detections.add('RepositoryDeleted', {
 *   title: 'A repository of images was deleted',
 *   action: 'Ask the platform team; restore it from the replica if nobody meant to.',
 *   pattern: '{ ($.eventSource = "ecr.amazonaws.com") && ($.eventName = "DeleteRepository") }',
 * });
 */
export class Detections extends Construct {
  /** Every alarm, in the order of the list. */
  public readonly alarms: cloudwatch.Alarm[] = [];

  private readonly foundation: IFoundation;
  private readonly trail: IAuditTrail;
  private readonly byId = new Map<string, cloudwatch.Alarm>();

  constructor(scope: Construct, id: string, props: DetectionsProps) {
    super(scope, id);

    const { profiles = [DetectionProfile.STRICT], thresholds = {}, without = {}, leaveOut = [] } = props;
    if (profiles.length === 0 || new Set(profiles).size < profiles.length) {
      throw new ConfigurationError(this, `'profiles' must be one or both, got [${profiles.join(', ')}]; leave it out for the strict one`);
    }
    this.requireKnown('without', Object.keys(without), CIS_DETECTIONS, "others go to 'leaveOut'");
    this.requireKnown('leaveOut', leaveOut, DETECTIONS.filter(({ cis }) => !cis), "those of the list of CIS go to 'without', with a waiver");
    this.requireKnown('thresholds', Object.keys(thresholds), DETECTIONS, "'add' takes that of a detection of your own");
    this.requireBeside(props.trail);
    this.foundation = props.foundation ?? Foundation.of(this);
    this.trail = props.trail;

    for (const [detection, waiver] of Object.entries(without)) {
      // The control is judged at the trail; the template has nothing to except where it is somebody else's.
      if (this.trail.node.defaultChild) waiver.applyTo(this.trail, 'TRAIL-DETECTIONS', `Unwatched::${detection}`);
    }
    const leftOut = new Set([...Object.keys(without), ...leaveOut]);
    for (const detection of DETECTIONS.filter(({ id: name }) => !leftOut.has(name))) {
      textsOf(detection, profiles).forEach((pattern, index) => this.watch(
        // What the second profile says otherwise is a detection of its own.
        index === 0 ? detection.id : `${detection.id}Exact`, pattern, thresholds[detection.id], describe(detection),
      ));
    }
  }

  /**
   * Adds a detection of your own.
   *
   * @param id letters and digits, the first one a letter; no other detection may have it
   * @returns its alarm, which tells the alert topic already
   */
  public add(id: string, options: DetectionOptions): cloudwatch.Alarm {
    requireMatch(this, 'id', id, /^[A-Za-z][A-Za-z0-9]{0,63}$/, 'up to 64 letters and digits', "write for example 'RepositoryDeleted'");
    if (this.byId.has(id) || DETECTIONS.some((detection) => detection.id === id)) {
      throw new ConfigurationError(this, `'id' must be that of no other detection, got '${id}'; choose another`);
    }
    this.requireReadable(options.pattern);
    return this.watch(id, options.pattern, options.threshold, `${options.title}. ${options.action}`);
  }

  /**
   * Tells the alert topic within seconds, too, of the root user, and of a trail or a key that is switched off. `access.BreakGlassRole` does so itself.
   *
   * EventBridge hears of events of the stack's Region alone, and AWS delivers them on a best-effort basis: the alarms stay what is relied on. Signing
   * in to the console is mostly an event of us-east-1, and so is each call to IAM; put a stack with this there.
   */
  public addEventRules(): void {
    addUrgentRules(this, this.foundation);
  }

  /** The alarm of a detection, for whatever else it should do. With both profiles, what Security Hub words otherwise has the id with `Exact`. */
  public alarmOf(id: string): cloudwatch.Alarm {
    const alarm = this.byId.get(id);
    if (!alarm) throw new ConfigurationError(this, `'id' must be that of a detection, got '${id}'; there are ${[...this.byId.keys()].join(', ')}`);
    return alarm;
  }

  private watch(id: string, pattern: string, threshold: number = 1, text: string = ''): cloudwatch.Alarm {
    requireInteger(this, 'threshold', threshold, 1, 100_000);
    if (this.byId.size >= MAX_FILTERS) {
      throw new ConfigurationError(this, `'id' must be one of at most ${MAX_FILTERS} detections, got '${id}'; a log group takes no more metric filters`);
    }
    const { foundation, trail: { logGroup } } = this;
    const { alarm } = new WatchedDetection(this, id, { foundation, logGroup, pattern, threshold, description: `${this.node.path}/${id}: ${text}` });
    this.byId.set(id, alarm);
    this.alarms.push(alarm);
    return alarm;
  }

  /** CloudTrail delivers to a log group of the trail's own account and Region alone, and an alarm sees the metrics of its own. */
  private requireBeside({ trailArn }: IAuditTrail): void {
    if (Token.isUnresolved(trailArn)) return;
    const [,,, region, account] = trailArn.split(':');
    const { account: ownAccount, region: ownRegion } = Stack.of(this);
    const differs = ([theirs, own]: readonly string[]) => Token.compareStrings(theirs, own) === TokenComparison.DIFFERENT;
    if (![[region, ownRegion], [account, ownAccount]].some(differs)) return;
    throw new ConfigurationError(this, `'trail' must be one of this stack's account and Region, ${ownAccount} and ${ownRegion}, got ${account} and ${region}; `
      + 'put detections into a stack of that account and Region');
  }

  private requireKnown(prop: string, ids: readonly string[], detections: readonly Detection[], remedy: string): void {
    const unknown = ids.find((id) => !detections.some((detection) => detection.id === id));
    if (unknown === undefined) return;
    throw new ConfigurationError(this, `'${prop}' must name any of ${detections.map(({ id }) => id).join(', ')}, got '${unknown}'; ${remedy}`);
  }

  private requireReadable(pattern: string): void {
    if (Token.isUnresolved(pattern)) return;
    const read = readFilterPattern(pattern);
    if ('refusal' in read) {
      throw new ConfigurationError(this, `'pattern' must be one for events in JSON, got one that ${read.refusal.problem}; ${read.refusal.remedy}`);
    }
    if (read.condition.kind === 'always') {
      throw new ConfigurationError(this, "'pattern' must say which events count, got one that matches each; write for example '{ $.eventName = \"DeleteTable\" }'");
    }
  }
}

/** The texts that profiles ask for, the strict one first; one if they say the same. */
function textsOf({ patterns }: Detection, profiles: readonly DetectionProfile[]): string[] {
  const asked = [DetectionProfile.STRICT, DetectionProfile.SECURITY_HUB_EXACT].filter((profile) => profiles.includes(profile));
  return [...new Set(asked.flatMap((profile) => patterns[profile] ?? []))];
}

function describe({ title, action, severity, cis, securityHub }: Detection): string {
  const numbers = [...cis ? [`CIS AWS Foundations ${cis.upTo5} (${cis.from6} from 6.0.0)`] : [], ...securityHub ? [`Security Hub ${securityHub}`] : []];
  return `${title}. ${action} Severity: ${severity}.${numbers.length > 0 ? ` ${numbers.join(', ')}.` : ''}`;
}
