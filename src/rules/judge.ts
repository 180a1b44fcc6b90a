import { CONTROLS, Control, declaresFinding, isDate, MIN_REASON_CHARACTERS, tryControlById } from '../compliance';
import { Verdict } from './engine';
import { DisciplineFinding, Judgement, RecordedAcknowledgement, RecordedWaiver } from './waivers';

/** Verdicts with the waivers that cover them, and what is wrong with the waivers. */
export interface Judged {
  readonly judgements: readonly Judgement[];
  readonly discipline: readonly DisciplineFinding[];
}

/**
 * Matches waivers with findings, and judges the waivers themselves.
 *
 * A waiver covers a finding of its control at its construct and below, up to and including its last day. `broadPaths` are the apps, stages
 * and stacks, on which no exception may stand; `asOf` is the day of the check, `YYYY-MM-DD`.
 */
export function judge(
  verdicts: readonly Verdict[], waivers: readonly RecordedWaiver[], acknowledgements: readonly RecordedAcknowledgement[],
  broadPaths: readonly string[], asOf: string,
): Judged {
  const findings = verdicts.filter((verdict) => verdict.finding !== '');
  const judgements = verdicts.map((verdict): Judgement => {
    const waiver = verdict.finding === '' ? undefined : waivers.find((each) => isValid(each, asOf) && covers(each, verdict));
    return waiver ? { ...verdict, waiver } : verdict;
  });
  const discipline = [
    ...waivers.flatMap((waiver) => judgeWaiver(waiver, findings, broadPaths, asOf)),
    ...acknowledgements.flatMap((acknowledgement) => judgeAcknowledgement(acknowledgement, waivers, broadPaths)),
  ];
  return { judgements, discipline: unique(discipline).sort(byPlace) };
}

function isValid(waiver: RecordedWaiver, asOf: string): boolean {
  return isDate(waiver.expires) && waiver.expires >= asOf && (tryControlById(waiver.control)?.waivable ?? false);
}

function covers(waiver: RecordedWaiver, finding: Verdict): boolean {
  return waiver.control === finding.control && (waiver.finding === undefined || waiver.finding === finding.finding)
    && isAtOrBelow(finding.constructPath, waiver.constructPath);
}

function isAtOrBelow(path: string, ancestor: string): boolean {
  return path === ancestor || ancestor === '' || path.startsWith(`${ancestor}/`);
}

function judgeWaiver(waiver: RecordedWaiver, findings: readonly Verdict[], broadPaths: readonly string[], asOf: string): DisciplineFinding[] {
  const found = (rule: DisciplineFinding['rule'], message: string) => [{ rule, constructPath: waiver.constructPath, message }];
  const name = waiver.finding === undefined ? waiver.control : `${waiver.control}[${waiver.finding}]`;
  const control = tryControlById(waiver.control);

  if (!control) return found('WAIVER-UNKNOWN', `'${waiver.control}' is no control; correct the id or remove the waiver`);
  if (waiver.finding !== undefined && !declaresFinding(control, waiver.finding)) {
    return found('WAIVER-UNKNOWN', `${waiver.control} has no finding '${waiver.finding}'; correct it or remove the waiver`);
  }
  return [
    ...(control.waivable ? [] : found('WAIVER-NOT-ALLOWED', `${control.id} cannot be waived; ${control.remedy}`)),
    ...(isComplete(waiver) ? []
      : found('WAIVER-INCOMPLETE', `the waiver of ${name} needs a reason of ${MIN_REASON_CHARACTERS} characters, an owner and a day of expiry`)),
    ...(isDate(waiver.expires) && waiver.expires < asOf
      ? found('WAIVER-EXPIRED', `the waiver of ${name} by ${waiver.owner} expired on ${waiver.expires}; fix the finding, or agree on a new day`) : []),
    ...(broadPaths.includes(waiver.constructPath)
      ? found('WAIVER-TOO-BROAD', `the waiver of ${name} stands on an app, a stage or a stack; put it on the resource`) : []),
    ...(findings.some((finding) => covers(waiver, finding)) ? [] : found('WAIVER-UNUSED', `the waiver of ${name} matches no finding; remove it`)),
  ];
}

function isComplete(waiver: RecordedWaiver): boolean {
  return waiver.reason.trim().length >= MIN_REASON_CHARACTERS && waiver.owner.trim() !== '' && isDate(waiver.expires);
}

function judgeAcknowledgement(
  { constructPath, id, reason }: RecordedAcknowledgement, waivers: readonly RecordedWaiver[], broadPaths: readonly string[],
): DisciplineFinding[] {
  const bare = BARE_PACK_RULE.exec(id)?.[1];
  const own = ownFinding(id);
  return [
    ...(bare === undefined ? [] : [{
      rule: 'ACKNOWLEDGEMENT-BYPASS' as const,
      constructPath,
      message: `'${bare}' is acknowledged without the name of its pack, which leaves no trace; write '<pack>::${bare}'`,
    }]),
    ...(own && !waivers.some((waiver) => waiver.constructPath === constructPath && waiver.control === own.control.id
      && (waiver.finding === undefined || sameId(waiver.finding, own.finding))) ? [{
        rule: 'ACKNOWLEDGEMENT-BYPASS' as const,
        constructPath,
        message: `'${id}' is acknowledged without a waiver; use Waiver.because(...).applyTo(...), which says who answers for it and until when`,
      }] : []),
    ...(isPackRule(id) && !CDK_ON_STACKS.includes(id) && broadPaths.includes(constructPath) ? [{
      rule: 'WAIVER-TOO-BROAD' as const,
      constructPath,
      message: `'${id}' is acknowledged on an app, a stage or a stack; acknowledge it on the resource`,
    }] : []),
    ...(isPackRule(id) && reason.trim() === '' ? [{
      rule: 'WAIVER-INCOMPLETE' as const, constructPath, message: `'${id}' is acknowledged without a reason; say why`,
    }] : []),
  ];
}

/**
 * Rules of the CDK's own template validation that the CDK acknowledges on stacks itself, where nobody could put the acknowledgement elsewhere:
 * `Stack.availabilityZones`, which each `ec2.Vpc` reads (W3010), images by a parameter of AMIs (W2506), and the policy of an event bus for another
 * account (W9009); as aws-cdk-lib 2.271.0 writes them. They are warnings of how a template is written, and no pack's.
 */
const CDK_ON_STACKS: readonly string[] = ['W3010', 'W2506', 'W9009'].map((rule) => `CloudFormation-Validate::${rule}`);

/** Rule ids of cdk-nag's packs, acknowledged without the pack's namespace: cdk-nag then drops the finding without a trace. */
const BARE_PACK_RULE = /^(?:annotation::)?((?:AwsSolutions|HIPAA\.Security|NIST\.800\.53\.R[45]|PCI\.DSS\.321|Serverless)-.+)$/i;

/** The CDK keeps acknowledged warnings of constructs in this namespace; they are no findings of a pack. */
function isPackRule(id: string): boolean {
  return BARE_PACK_RULE.test(id) || (id.includes('::') && !/^annotation::/i.test(id));
}

/** The control that an acknowledged id names, in whichever namespace and case; the CDK writes blanks as hyphens. */
function ownFinding(id: string): { control: Control; finding: string } | undefined {
  const [, name, finding] = /^(?:[^:[\]]+::)?([^[\]:]+)(?:\[(.*)\])?$/s.exec(id) ?? [];
  const control = name === undefined ? undefined : CONTROLS.find((each) => each.id === name.toUpperCase());
  return control && { control, finding: finding ?? '' };
}

function sameId(a: string, b: string): boolean {
  return a.replaceAll(' ', '-') === b.replaceAll(' ', '-');
}

function unique(findings: readonly DisciplineFinding[]): DisciplineFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function byPlace(a: DisciplineFinding, b: DisciplineFinding): number {
  for (const key of ['constructPath', 'rule', 'message'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}
