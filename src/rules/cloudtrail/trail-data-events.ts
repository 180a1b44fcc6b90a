import { Selector, selectorsOf, valuesOf } from './selectors';
import { bucketOf, TRAIL } from './trails';
import { DATA_CLASS_TAG } from '../../compliance';
import { all, Answer, any, not } from '../delivery/answers';
import { arnOf, plain } from '../delivery/arns';
import { equals, like } from '../delivery/match';
import { Graph, Resource } from '../graph';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { isAccessLogTarget } from '../s3/access-log-targets';
import { at, describe, listOf } from '../values';

/** Data events by the kind that selectors name, and the types of resources that have them. */
const KINDS: ReadonlyArray<{ readonly kind: string; readonly types: readonly string[]; readonly whole: boolean }> = [
  { kind: 'AWS::S3::Object', types: ['AWS::S3::Bucket'], whole: true },
  { kind: 'AWS::DynamoDB::Table', types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'], whole: true },
  // A function is called for much that is no data, so that only those with the tag count.
  { kind: 'AWS::Lambda::Function', types: ['AWS::Lambda::Function'], whole: false },
];

/** A selector, and the template that it stands in. */
interface Placed {
  readonly selector: Selector;
  readonly home: string;
}

/** Checks `TRAIL-DATA-EVENTS`. What one trail of the graph records counts for all. */
export const trailDataEvents: Rule = {
  control: 'TRAIL-DATA-EVENTS',
  check(_trail, graph) {
    return graph.once('recorded data events', () => judge(graph));
  },
};

function judge(graph: Graph): Outcome | readonly Outcome[] {
  const trails = graph.ofType(TRAIL).map((trail) => ({ trail, read: selectorsOf(trail.properties) }));
  const untold = trails.some(({ read }) => read.kind === 'untold' || read.kind === 'both' || (read.kind === 'told' && read.mayHaveMore));
  const selectors = trails.flatMap(({ trail, read }) => (read.kind === 'told' ? read.selectors : [])
    .filter(({ category }) => category === 'Data').map((selector): Placed => ({ selector, home: trail.template })));
  const found = KINDS.flatMap(({ kind, types, whole }) => {
    const resources = graph.ofType(...types).filter((resource) => !keepsRecords(resource, graph));
    const ofKind = selectors.filter(({ selector, home }) => valuesOf(selector, 'resources.type', 'Equals').some((value) => plain(value, home, graph) === kind));
    const none = whole && resources.length > 0 && ofKind.every((placed) => isOfRecords(placed, graph));
    return [
      ...(none ? [judgeOne('no', untold, `NoDataEvents::${kind}`, `no selector is for ${kind}`)] : []),
      ...resources.filter(isRegulated).map((resource) => judgeOne(
        records(ofKind, resource, graph), untold, `Unrecorded::${resource.logicalId}`, `no selector takes reads and writes of ${resource.logicalId}`,
      )),
    ].flatMap((outcome) => outcome ?? []);
  });
  if (found.length > 0) return found;
  if (untold) return cannotTell('UnresolvedSelectors', 'the template does not tell the selectors', 'AdvancedEventSelectors');
  return selectors.length > 0 ? compliant(`${selectors.length} selectors are for data events`) : notApplicable('no template has a bucket or a table that holds data');
}

function judgeOne(answer: Answer, untold: boolean, finding: string, message: string): Outcome | undefined {
  if (answer === 'yes') return undefined;
  return answer === 'maybe' || untold ? cannotTell('UnresolvedSelectors', `the template does not tell whether ${message}`, 'AdvancedEventSelectors')
    : violation(finding, message, 'AdvancedEventSelectors');
}

/** The records themselves: recording who writes them would never end (AWS CloudTrail User Guide, "Logging data events"). */
function keepsRecords(resource: Resource, graph: Graph): boolean {
  return resource.type === 'AWS::S3::Bucket' && (isAccessLogTarget(resource, graph) || graph.ofType(TRAIL).some((trail) => bucketOf(trail, graph) === resource));
}

/** Whether a selector takes what is done with the records of a trail, and nothing else: who reads them is no data of the application. */
function isOfRecords({ selector, home }: Placed, graph: Graph): boolean {
  const arns = ['Equals', 'StartsWith'].flatMap((operator) => valuesOf(selector, 'resources.ARN', operator)).map((value) => plain(value, home, graph));
  const kept = graph.ofType(TRAIL).flatMap((trail) => bucketOf(trail, graph) ?? []).map((bucket) => `${arnOf(bucket, graph)}/*`);
  return arns.length > 0 && arns.every((arn) => kept.some((record) => like(record, arn) === 'yes'));
}

function isRegulated({ properties }: Resource): boolean {
  const tags = [...listOf(properties.Tags), ...listOf(properties.Replicas).flatMap((replica) => listOf(at(replica, 'Tags')))];
  return tags.some((tag) => at(tag, 'Key') === DATA_CLASS_TAG && at(tag, 'Value') === 'regulated');
}

/** Whether reads and writes of a resource are recorded, by one selector or by two. */
function records(selectors: readonly Placed[], resource: Resource, graph: Graph): Answer {
  const arn = resource.type === 'AWS::S3::Bucket' ? `${arnOf(resource, graph)}/` : arnOf(resource, graph);
  return all(['true', 'false'].map((readOnly) => any(selectors.map((placed) => takes(placed, arn, readOnly, graph)))));
}

function takes({ selector, home }: Placed, arn: string, readOnly: string, graph: Graph): Answer {
  return all(selector.fields.map(({ field, values }): Answer => {
    if (field === 'resources.type') return 'yes';
    if (field === 'readOnly') return (values.get('Equals') ?? []).some((value) => describe(value) === readOnly) ? 'yes' : 'no';
    // A selector that names calls or callers takes some of them only.
    if (field !== 'resources.ARN') return 'no';
    return all([...values].map(([operator, operands]): Answer => {
      const texts = operands.map((operand) => plain(operand, home, graph));
      switch (operator) {
        case 'Equals': return any(texts.map((text) => equals(text, arn)));
        case 'StartsWith': return any(texts.map((text) => like(`${text}*`, arn)));
        case 'NotEquals': return not(any(texts.map((text) => equals(text, arn))));
        case 'NotStartsWith': return not(any(texts.map((text) => like(`${text}*`, arn))));
        // What is behind a name decides of single objects.
        default: return 'maybe';
      }
    }));
  }));
}
