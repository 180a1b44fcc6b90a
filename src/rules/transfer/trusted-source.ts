import { isTransferTrust } from './partner-roles';
import { Resource } from '../graph';
import { trustStatements } from '../iam/identity-policies';
import { comparisonsOn, narrowedBy, shapeOf } from '../narrowing';
import { Statement } from '../policy-document';
import { cannotTell, Outcome, violation } from '../rule';

/**
 * For whom AWS Transfer Family may take on a role: without the account, for anybody's servers; without the kind of source, also for what is not meant
 * (AWS Transfer Family User Guide, "Cross-service confused deputy prevention"). Findings `AnyAccount`, `AnySource` and `UnresolvedTrust`.
 *
 * @param source what the ARN of the source has to be, after the account, such as `user/s-0123/*`
 */
export function judgeTrust(role: Resource, source: RegExp, described: string): readonly Outcome[] {
  return trustStatements(role).filter((statement) => isTransferTrust(statement) || statement.effect === 'unknown').flatMap((statement) => {
    if (statement.effect === 'unknown' || statement.partial || statement.untoldConditions) {
      return [cannotTell('UnresolvedTrust', 'the template does not tell who may take on the role', statement.path)];
    }
    return [...accountOf(statement), ...sourceOf(statement, source, described)];
  });
}

function accountOf(statement: Statement): readonly Outcome[] {
  switch (narrowedBy(statement, ['aws:sourceaccount'])) {
    case 'narrow': return [];
    case 'open': return [violation('AnyAccount', 'no aws:SourceAccount says whose servers and connectors may use the role', statement.path)];
    default: return [cannotTell('UnresolvedTrust', 'the template does not tell aws:SourceAccount', statement.path)];
  }
}

function sourceOf(statement: Statement, source: RegExp, described: string): readonly Outcome[] {
  const values = comparisonsOn(statement, ['aws:sourcearn']).flatMap((condition) => condition.values).map(shapeOf);
  const judged = values.map((shape) => {
    const [, resource] = /^arn:[^:]*:transfer:[^:]*:[^:]*:(.*)$/.exec(shape) ?? [];
    return resource !== undefined && source.test(resource) ? 'narrow' : shape.includes('!') ? 'unknown' : 'open';
  });
  if (values.length > 0 && judged.every((each) => each === 'narrow')) return [];
  return judged.length > 0 && !judged.includes('open')
    ? [cannotTell('UnresolvedTrust', 'the template does not tell aws:SourceArn', statement.path)]
    : [violation('AnySource', `no aws:SourceArn holds the role to ${described}`, statement.path)];
}
