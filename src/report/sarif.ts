import { createHash } from 'node:crypto';
import { Control, CONTROLS, ControlSeverity } from '../compliance';
import { ReportDiscipline, ReportWaiver } from './input';
import { FindingPlace, Report } from './model';
import { fileOf, visible } from './text';

/** What a SARIF log says about the tool that wrote it. */
export interface SarifOptions {
  readonly version?: string;
}

/** The scale on which code scanning shows a rule: over 9.0 is critical, 7.0 high, 4.0 medium. */
const SECURITY_SEVERITY: Readonly<Record<ControlSeverity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };

const LEVEL: Readonly<Record<ControlSeverity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

/** The rules about waivers, which stand beside the controls. */
const DISCIPLINE_RULES: Readonly<Record<string, string>> = {
  'ACKNOWLEDGEMENT-BYPASS': 'A finding is acknowledged without a waiver, so nobody answers for it.',
  'WAIVER-EXPIRED': 'A waiver is past its last day.',
  'WAIVER-INCOMPLETE': 'A waiver lacks a reason, an owner or a day of expiry.',
  'WAIVER-NOT-ALLOWED': 'A waiver excepts a control that cannot be waived.',
  'WAIVER-TOO-BROAD': 'An exception stands on an app, a stage or a stack.',
  'WAIVER-UNKNOWN': 'A waiver names a control or a finding that does not exist.',
  'WAIVER-UNUSED': 'A waiver matches no finding.',
};

type Json = Readonly<Record<string, unknown>>;

/**
 * The findings as SARIF 2.1.0, for code scanning.
 *
 * Waived findings are results with a suppression. Fingerprints depend on control, finding and place alone, so a finding keeps its history
 * when the template moves or its message is worded anew. Findings of other packs are not in it: each pack has a SARIF of its own.
 */
export function renderSarif(report: Report, options: SarifOptions = {}): string {
  const rules = [
    ...CONTROLS.map(controlRule),
    ...Object.entries(DISCIPLINE_RULES).map(([id, text]) => disciplineRule(id, text)),
  ];
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
  const results = [
    ...report.controls.flatMap((control) => [
      ...control.violations.map((place) => findingResult(report, control, place, 'violation')),
      ...control.cannotTell.map((place) => findingResult(report, control, place, 'cannot-tell')),
      ...control.waived.map((place) => findingResult(report, control, place, place.outcome, place.waiver)),
    ]),
    ...report.discipline.map((each) => disciplineResult(report, each)),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'cdk-secure-integrations',
          ...(options.version !== undefined && { version: options.version }),
          rules,
        },
      },
      columnKind: 'utf16CodeUnits',
      results: results.map((result) => ({ ...result, ruleIndex: indexes.get(result.ruleId) })),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function controlRule(control: Control): Json & { id: string } {
  const supports = control.requirements.map(({ framework, clause }) => `${framework} ${clause}`);
  const help = [control.remedy, `Source: ${control.source}.`, ...(supports.length > 0 ? [`Supports: ${supports.join('; ')}.`] : [])];
  return {
    id: control.id,
    name: pascalCase(control.id),
    shortDescription: { text: control.title },
    fullDescription: { text: control.rationale },
    help: { text: help.join('\n\n'), markdown: help.join('\n\n') },
    defaultConfiguration: { level: LEVEL[control.severity] },
    properties: {
      'precision': 'high',
      'problem.severity': LEVEL[control.severity] === 'note' ? 'recommendation' : LEVEL[control.severity],
      'security-severity': SECURITY_SEVERITY[control.severity],
      'tags': ['security', ...supports.sort()],
    },
  };
}

function disciplineRule(id: string, text: string): Json & { id: string } {
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text },
    fullDescription: { text },
    help: { text: 'Correct or remove the waiver or the acknowledgement.', markdown: 'Correct or remove the waiver or the acknowledgement.' },
    defaultConfiguration: { level: 'error' },
    properties: {
      'precision': 'very-high',
      'problem.severity': 'error',
      'security-severity': SECURITY_SEVERITY.high,
      'tags': ['security', 'waivers'],
    },
  };
}

function findingResult(
  report: Report, control: { readonly id: string; readonly severity: ControlSeverity }, place: FindingPlace, outcome: string, waiver?: ReportWaiver,
): Json & { ruleId: string } {
  const text = [
    `${place.resource}: ${outcome === 'cannot-tell' ? 'cannot tell: ' : ''}${place.message}.`,
    ...(place.meaning ? [place.meaning] : []),
  ].join(' ');
  return {
    ruleId: control.id,
    level: LEVEL[control.severity],
    kind: 'fail',
    message: { text: plainText(text) },
    locations: [{
      physicalLocation: { artifactLocation: { uri: uriOf(fileOf(report, place.template)) }, region: { startLine: 1 } },
      logicalLocations: [{ name: visible(place.logicalId), fullyQualifiedName: visible(place.resource), kind: 'resource' }],
    }],
    partialFingerprints: fingerprint(control.id, place.finding, place.resource),
    suppressions: waiver ? [{
      kind: 'external',
      status: 'accepted',
      justification: plainText(`${waiver.reason} (owner: ${waiver.owner}, until ${waiver.expires})`),
    }] : [],
    properties: { finding: place.finding, outcome, resourceType: place.resourceType, ...(place.property && { property: place.property }) },
  };
}

function disciplineResult(report: Report, finding: ReportDiscipline): Json & { ruleId: string } {
  const stack = Object.keys(report.files).filter((name) => finding.constructPath === name || finding.constructPath.startsWith(`${name}/`)).pop();
  const file = stack ?? Object.keys(report.files)[0];
  return {
    ruleId: finding.rule,
    level: 'error',
    kind: 'fail',
    message: { text: plainText(`${finding.constructPath || 'the app'}: ${finding.message}`) },
    locations: [{
      ...(file !== undefined && { physicalLocation: { artifactLocation: { uri: uriOf(fileOf(report, file)) }, region: { startLine: 1 } } }),
      logicalLocations: [{ fullyQualifiedName: visible(finding.constructPath) || 'the app', kind: 'resource' }],
    }],
    partialFingerprints: fingerprint(finding.rule, finding.message, finding.constructPath),
    suppressions: [],
  };
}

function fingerprint(control: string, finding: string, path: string): Json {
  return { 'controlFindingPath/v1': createHash('sha256').update(JSON.stringify([control, finding, path])).digest('hex') };
}

/** Text in which a viewer finds no link: even a plain text message may embed one, `[text](target)` (SARIF 2.1.0, 3.11.6). */
function plainText(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

/** A relative URI reference of a file (RFC 3986, 4.2). */
function uriOf(path: string): string {
  const segments = path.replaceAll('\\', '/').split('/').filter((segment) => segment !== '');
  return segments.map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'))).join('/') || 'template';
}

function pascalCase(id: string): string {
  return id.toLowerCase().replace(/(?:^|[^a-z0-9]+)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
