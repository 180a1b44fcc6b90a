import { boundsNothing } from './boundaries';
import { breakGlassTrust } from './break-glass';
import { rightsOf } from './identity-policies';
import { isUserOrAccount } from './people';
import { judgeMfa } from './role-mfa';
import { HOUR_SECONDS } from './role-session';
import { Graph, Resource } from '../graph';
import { Statement } from '../policy-document';
import { cannotTell, compliant, notApplicable, Outcome, Rule, violation } from '../rule';
import { describe, isUnknown, mayHaveMore, numberOf } from '../values';

const TRUST = 'AssumeRolePolicyDocument';

/** Checks `BREAK-GLASS-ROLE`. */
export const breakGlassRole: Rule = {
  control: 'BREAK-GLASS-ROLE',
  check(role, graph) {
    const trust = breakGlassTrust(role, graph);
    if (!trust) return notApplicable('the role is none for emergencies, by its path and name');
    const found = [
      ...standing(role, graph),
      ...trust.statements.flatMap((statement) => [...identity(statement), ...factor(statement, role, graph)]),
      ...session(role),
      ...boundary(role, graph),
      ...(trust.untold || mayHaveMore(role.properties) ? [cannotTell('UnresolvedRole', 'the template does not tell all of the role', TRUST)] : []),
    ];
    return found.length > 0 ? found : compliant('the role holds nothing, and whoever takes it on proves MFA and gives a name', TRUST);
  },
};

function standing(role: Resource, graph: Graph): Outcome[] {
  const { awsManaged, statements, untold } = rightsOf(role, graph);
  const allows = statements.filter(({ effect }) => effect === 'Allow').length + awsManaged.length;
  if (allows > 0) return [violation('StandingRights', `the role holds ${allows} statements and policies that allow something`)];
  return untold.length > 0 || statements.some(({ effect }) => effect === 'unknown') ? [cannotTell('UnresolvedRole', 'the template does not tell what the role holds')] : [];
}

/** What lets people in has to ask for a source identity; `*` asks that there is one (AWS IAM User Guide, "sts:SourceIdentity"). */
function identity({ actions, conditions, path }: Statement): Outcome[] {
  if (!actions.some((action) => action === '*' || /^sts:(\*|assumerole)/.test(action))) return [];
  const asked = conditions.filter(({ key, operator }) => key === 'sts:sourceidentity' && /^string(equals|like|equalsignorecase)$/.test(operator));
  return asked.length > 0 ? [] : [violation('NoSourceIdentity', 'no condition asks for sts:SourceIdentity', path)];
}

function factor(statement: Statement, role: Resource, graph: Graph): Outcome[] {
  if (!statement.principals.some((principal) => isUserOrAccount(principal, role, graph))) return [];
  return judgeMfa(statement).map((outcome) => (outcome.kind === 'violation' ? violation('NoMfa', outcome.message, statement.path)
    : cannotTell('UnresolvedRole', 'the template does not tell whether MFA is asked for', statement.path)));
}

/** What is given in an emergency is seen by no template; the boundary is. */
function boundary(role: Resource, graph: Graph): Outcome[] {
  const { PermissionsBoundary: policy } = role.properties;
  if (policy === undefined || policy === '') return [violation('NoBoundary', 'PermissionsBoundary is not set', 'PermissionsBoundary')];
  return boundsNothing(role, graph) ? [violation('Boundless', `${describe(policy)} leaves the role every change of IAM identities`, 'PermissionsBoundary')] : [];
}

function session({ properties: { MaxSessionDuration: duration } }: Resource): Outcome[] {
  const seconds = numberOf(duration) ?? HOUR_SECONDS;
  if (isUnknown(seconds)) return [cannotTell('UnresolvedRole', 'the template does not tell how long a session lasts', 'MaxSessionDuration')];
  return Number(seconds) > HOUR_SECONDS ? [violation('LongSession', `MaxSessionDuration is ${Number(seconds)}`, 'MaxSessionDuration')] : [];
}
