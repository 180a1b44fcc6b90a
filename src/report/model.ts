import { Control, CONTROL_SEVERITIES, controlById, CONTROLS, ControlSeverity, Requirement } from '../compliance';
import { PackFinding, ReportDiscipline, ReportInput, ReportLimit, ReportVerdict, ReportWaiver } from './input';

/** How a control stands: the worst that was said about it. */
export type ControlStatus = 'violated' | 'cannot tell' | 'waived' | 'holds' | 'not applicable';

/** Statuses from worst to best. */
export const CONTROL_STATUSES: readonly ControlStatus[] = ['violated', 'cannot tell', 'waived', 'holds', 'not applicable'];

/** One resource as one control sees it. */
export interface Place {
  /** Construct path, or template and logical id where there is none. */
  readonly resource: string;
  readonly template: string;
  readonly logicalId: string;
  readonly resourceType: string;
  /** Evidence, message or reason. */
  readonly message: string;
  readonly property: string;
}

/** A resource where a control does not hold, or where the template does not tell. */
export interface FindingPlace extends Place {
  readonly finding: string;
  /** What the finding id means, from the catalog. */
  readonly meaning: string;
}

/** A finding with the waiver that covers it. */
export interface WaivedPlace extends FindingPlace {
  readonly outcome: 'violation' | 'cannot-tell';
  readonly waiver: ReportWaiver;
}

/** A control with every resource that it governs. */
export interface ControlSection {
  readonly id: string;
  readonly title: string;
  readonly rationale: string;
  readonly remedy: string;
  readonly severity: ControlSeverity;
  readonly waivable: boolean;
  readonly source: string;
  /** Requirements that the control supports; it satisfies none by itself. */
  readonly supports: readonly Requirement[];
  readonly status: ControlStatus;
  readonly violations: readonly FindingPlace[];
  readonly cannotTell: readonly FindingPlace[];
  readonly waived: readonly WaivedPlace[];
  readonly holds: readonly Place[];
  readonly notApplicable: readonly Place[];
}

/** A requirement with the controls that support it. */
export interface RequirementRow {
  readonly clause: string;
  readonly controls: ReadonlyArray<{ readonly id: string; readonly status: ControlStatus }>;
}

/** A framework with the requirements that the governed resources give evidence for. */
export interface FrameworkSection {
  readonly framework: string;
  readonly requirements: readonly RequirementRow[];
}

/** Another policy pack, with what it found. */
export interface PackSection {
  readonly pack: string;
  readonly findings: readonly PackFinding[];
  readonly acknowledged: readonly PackFinding[];
}

/** The numbers of a report. Outcomes count a control at a resource, once per finding. */
export interface Summary {
  /** Controls that govern at least one resource. */
  readonly controls: number;
  /** Controls of the catalog. */
  readonly catalog: number;
  /** Resources that at least one control governs. */
  readonly resources: number;
  readonly compliant: number;
  readonly violations: number;
  readonly cannotTell: number;
  readonly waived: number;
  readonly notApplicable: number;
  readonly discipline: number;
  readonly packFindings: number;
  readonly packAcknowledged: number;
  /** Violations and cannot-tells that no waiver covers, by severity. */
  readonly open: Readonly<Record<ControlSeverity, number>>;
}

/** What every renderer shows, sorted: the same input gives the same report. */
export interface Report {
  readonly subject: string;
  readonly asOf?: string;
  readonly summary: Summary;
  /** Controls that govern at least one resource, worst first. */
  readonly controls: readonly ControlSection[];
  /** Ids of controls that govern no resource here. */
  readonly withoutResources: readonly string[];
  readonly frameworks: readonly FrameworkSection[];
  readonly discipline: readonly ReportDiscipline[];
  readonly packs: readonly PackSection[];
  /** What a control cannot enforce where it is applied. */
  readonly limits: readonly ReportLimit[];
  readonly notes: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** Puts together what a report shows. Throws for a verdict whose control the catalog does not have. */
export function buildReport(input: ReportInput): Report {
  const byControl = groupBy(input.verdicts, (verdict) => verdict.control);
  const controls = [...byControl]
    .map(([id, verdicts]) => sectionOf(controlById(id), verdicts))
    .sort((a, b) => rankOf(a) - rankOf(b) || compare(a.id, b.id));
  return {
    subject: input.subject,
    ...(input.asOf !== undefined && { asOf: input.asOf }),
    summary: summaryOf(input, controls),
    controls,
    withoutResources: CONTROLS.map((control) => control.id).filter((id) => !byControl.has(id)),
    frameworks: frameworksOf(controls),
    discipline: sorted(input.discipline, (each) => [each.constructPath, each.rule, each.message]),
    packs: packsOf(input.packFindings),
    limits: limitsOf(input.limits),
    notes: [...new Set(input.notes)].sort(compare),
    files: Object.fromEntries(sorted(Object.entries(input.files), ([name]) => [name])),
  };
}

function sectionOf(control: Control, verdicts: readonly ReportVerdict[]): ControlSection {
  const inOrder = sorted(verdicts, (each) => [resourceOf(each), each.template, each.logicalId, each.finding, each.property, each.message]);
  const of = (outcome: ReportVerdict['outcome']) => inOrder.filter((each) => each.outcome === outcome && !each.waiver);
  const lists = {
    violations: of('violation').map((each) => findingOf(control, each)),
    cannotTell: of('cannot-tell').map((each) => findingOf(control, each)),
    waived: inOrder.flatMap((each): WaivedPlace[] => {
      const { outcome, waiver } = each;
      return waiver && (outcome === 'violation' || outcome === 'cannot-tell') ? [{ ...findingOf(control, each), outcome, waiver: waiverOf(waiver) }] : [];
    }),
    holds: of('compliant').map(placeOf),
    notApplicable: of('not-applicable').map(placeOf),
  };
  return {
    id: control.id,
    title: control.title,
    rationale: control.rationale,
    remedy: control.remedy,
    severity: control.severity,
    waivable: control.waivable,
    source: control.source,
    supports: sorted(control.requirements, (each) => [each.framework, each.clause]),
    status: statusOf(lists),
    ...lists,
  };
}

function statusOf(lists: Pick<ControlSection, 'violations' | 'cannotTell' | 'waived' | 'holds'>): ControlStatus {
  if (lists.violations.length > 0) return 'violated';
  if (lists.cannotTell.length > 0) return 'cannot tell';
  if (lists.waived.length > 0) return 'waived';
  return lists.holds.length > 0 ? 'holds' : 'not applicable';
}

/** Open findings by severity come first, then the other statuses. */
function rankOf(section: ControlSection): number {
  const severity = CONTROL_SEVERITIES.indexOf(section.severity);
  const isOpen = section.status === 'violated' || section.status === 'cannot tell';
  return (isOpen ? 0 : CONTROL_STATUSES.indexOf(section.status) * 10) + severity;
}

function placeOf(verdict: ReportVerdict): Place {
  const { template, logicalId, resourceType, message, property } = verdict;
  return { resource: resourceOf(verdict), template, logicalId, resourceType, message, property };
}

function findingOf(control: Control, verdict: ReportVerdict): FindingPlace {
  return { ...placeOf(verdict), finding: verdict.finding, meaning: meaningOf(control, verdict.finding) };
}

function meaningOf(control: Control, finding: string): string {
  const declared = Object.keys(control.findings).find((id) => id === finding)
    ?? Object.keys(control.findings).find((id) => id.endsWith('::') && finding.startsWith(id));
  return declared === undefined ? '' : control.findings[declared];
}

function waiverOf({ constructPath, reason, owner, expires }: ReportWaiver): ReportWaiver {
  return { constructPath, reason, owner, expires };
}

function resourceOf(verdict: ReportVerdict): string {
  return verdict.constructPath || `${verdict.template}#${verdict.logicalId}`;
}

function summaryOf(input: ReportInput, controls: readonly ControlSection[]): Summary {
  const total = (list: 'violations' | 'cannotTell' | 'waived' | 'holds' | 'notApplicable') =>
    controls.reduce((sum, control) => sum + control[list].length, 0);
  const open = (severity: ControlSeverity) => controls
    .filter((control) => control.severity === severity)
    .reduce((sum, control) => sum + control.violations.length + control.cannotTell.length, 0);
  return {
    controls: controls.length,
    catalog: CONTROLS.length,
    resources: new Set(input.verdicts.map((each) => JSON.stringify([each.template, each.logicalId]))).size,
    compliant: total('holds'),
    violations: total('violations'),
    cannotTell: total('cannotTell'),
    waived: total('waived'),
    notApplicable: total('notApplicable'),
    discipline: input.discipline.length,
    packFindings: input.packFindings.filter((each) => !each.acknowledged).length,
    packAcknowledged: input.packFindings.filter((each) => each.acknowledged).length,
    open: { critical: open('critical'), high: open('high'), medium: open('medium'), low: open('low') },
  };
}

function frameworksOf(controls: readonly ControlSection[]): FrameworkSection[] {
  const pairs = controls.flatMap((control) => control.supports.map((requirement) => ({ ...requirement, control })));
  return sorted([...groupBy(pairs, (pair) => pair.framework)], ([framework]) => [framework]).map(([framework, ofFramework]) => ({
    framework,
    requirements: [...groupBy(ofFramework, (pair) => pair.clause)]
      .sort(([a], [b]) => compareClauses(a, b))
      .map(([clause, ofClause]) => ({
        clause,
        controls: sorted(ofClause, (pair) => [pair.control.id]).map(({ control }) => ({ id: control.id, status: control.status })),
      })),
  }));
}

function packsOf(findings: readonly PackFinding[]): PackSection[] {
  const inOrder = sorted(findings, (each) => [each.pack, each.rule, each.constructPath, each.acknowledged?.at ?? '', each.acknowledged?.reason ?? '']);
  return [...groupBy(inOrder, (each) => each.pack)].map(([pack, ofPack]) => ({
    pack,
    findings: ofPack.filter((each) => !each.acknowledged),
    acknowledged: ofPack.filter((each) => each.acknowledged),
  }));
}

/** Each limit once: one that is told of two constructs stays two. */
function limitsOf(limits: readonly ReportLimit[]): ReportLimit[] {
  const different = new Map(limits.map((limit) => [JSON.stringify([limit.control, limit.constructPath, limit.text]), limit]));
  return sorted([...different.values()], (each) => [each.control, each.constructPath, each.text]);
}

/** By code unit, which no locale changes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `8.2` before `8.10`: digits compare as numbers. */
function compareClauses(a: string, b: string): number {
  const [left, right] = [a, b].map((clause) => clause.replace(/\d+/g, (digits) => digits.padStart(6, '0')));
  return compare(left, right) || compare(a, b);
}

function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function sorted<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[] {
  return [...items].sort((a, b) => {
    const [left, right] = [keysOf(a), keysOf(b)];
    const different = left.findIndex((key, index) => key !== right[index]);
    return different < 0 ? 0 : compare(left[different], right[different]);
  });
}
