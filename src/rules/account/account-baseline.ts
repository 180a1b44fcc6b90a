import { Graph } from '../graph';
import { cannotTell, compliant, Rule } from '../rule';
import { truth } from '../values';

/** What watches an account, by the finding about its absence. */
const WATCHERS: ReadonlyArray<{ readonly finding: string; readonly what: string; isIn(graph: Graph): boolean }> = [
  {
    finding: 'NoRecorder',
    what: 'a recorder of AWS Config',
    isIn: (graph) => graph.ofType('AWS::Config::ConfigurationRecorder').length > 0,
  },
  {
    finding: 'NoConformancePack',
    what: 'a conformance pack of AWS Config',
    isIn: (graph) => graph.ofType('AWS::Config::ConformancePack', 'AWS::Config::OrganizationConformancePack').length > 0,
  },
  {
    finding: 'NoAnalyzer',
    what: 'an analyzer of access from outside',
    isIn: (graph) => graph.ofType('AWS::AccessAnalyzer::Analyzer').some(({ properties: { Type } }) => Type === 'ACCOUNT' || Type === 'ORGANIZATION'),
  },
  {
    finding: 'NoDetector',
    what: 'a detector of Amazon GuardDuty',
    isIn: (graph) => graph.ofType('AWS::GuardDuty::Detector').some(({ properties: { Enable } }) => truth(Enable) !== false),
  },
];

/** Checks `ACCOUNT-BASELINE`. What is in no template may be in the account all the same, so its absence is never more than untold. */
export const accountBaseline: Rule = {
  control: 'ACCOUNT-BASELINE',
  check(_trail, graph) {
    const missing = WATCHERS.filter(({ isIn }) => !isIn(graph));
    return missing.length > 0 ? missing.map(({ finding, what }) => cannotTell(finding, `no template has ${what}; the account or its organization may`))
      : compliant(WATCHERS.map(({ what }) => what).join(', '));
  },
};
