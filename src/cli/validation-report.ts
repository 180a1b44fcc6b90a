import { InputError } from './errors';
import { isObject, Json, listAt, textAt } from './json';
import { PLUGIN_NAME } from '../compliance';
import { PackFinding } from '../report';
import { RecordedAcknowledgement } from '../rules';

/**
 * Reads what other packs found at synthesis, from the CDK's `validation-report.json`.
 *
 * What this library's own plugin found is left out, for the rules run anew. Acknowledgements on the app and on stages stand nowhere else in
 * an assembly, and here only when they silenced a finding.
 */
export function readValidationReport(path: string, report: unknown): { findings: PackFinding[]; acknowledgements: RecordedAcknowledgement[] } {
  if (!isObject(report) || !Array.isArray(report.pluginReports)) {
    throw new InputError(path, 'this is no validation report of the CDK', "run 'cdk synth' again");
  }
  const packs = report.pluginReports.filter(isObject).filter((pack) => textAt(pack, 'pluginName') !== PLUGIN_NAME);
  const suppressed = report.pluginReports.filter(isObject).flatMap((pack) => listAt(pack, 'suppressedViolations')).filter(isObject);
  return {
    findings: packs.flatMap((pack) => [
      ...listAt(pack, 'violations').filter(isObject).flatMap((violation) => findingsOf(pack, violation)),
      ...listAt(pack, 'suppressedViolations').filter(isObject).flatMap((violation) => findingsOf(pack, violation, {
        reason: textAt(violation, 'reason'),
        at: textAt(violation, 'acknowledgedAt'),
      })),
    ]),
    acknowledgements: suppressed
      .map((violation) => ({ constructPath: textAt(violation, 'acknowledgedAt'), id: textAt(violation, 'acknowledgedId'), reason: textAt(violation, 'reason') }))
      .filter((acknowledgement) => acknowledgement.id !== ''),
  };
}

function findingsOf(pack: Json, violation: Json, acknowledged?: PackFinding['acknowledged']): PackFinding[] {
  const constructs = listAt(violation, 'violatingConstructs').filter(isObject);
  return (constructs.length > 0 ? constructs : [{}]).map((construct) => ({
    pack: textAt(pack, 'pluginName'),
    rule: textAt(violation, 'ruleName'),
    severity: textAt(violation, 'customSeverity') || textAt(violation, 'severity'),
    description: textAt(violation, 'description'),
    constructPath: textAt(construct, 'constructPath'),
    ...(acknowledged && { acknowledged }),
  }));
}
