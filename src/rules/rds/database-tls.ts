import { EngineFamily, familyOf, isClusterMember, parameterGroupOf } from './databases';
import { cannotTell, compliant, notApplicable, Rule, violation } from '../rule';
import { describe, isMap, isUnknown } from '../values';

/** The parameter that refuses connections without TLS. */
const TLS_PARAMETERS: Readonly<Partial<Record<EngineFamily, string>>> = {
  mysql: 'require_secure_transport', postgres: 'rds.force_ssl', sqlserver: 'rds.force_ssl',
};

/** Checks `DATABASE-TLS`. */
export const databaseTls: Rule = {
  control: 'DATABASE-TLS',
  check(database, graph) {
    if (isClusterMember(database)) return notApplicable('the parameter group of the cluster decides');
    const found = parameterGroupOf(database, graph);
    const family = familyOf(database.properties.Engine ?? (found.kind === 'known' ? found.group.properties.Family : undefined));
    if (family === 'unknown') return cannotTell('UnresolvedEngine', `Engine is ${describe(database.properties.Engine)}`, 'Engine');
    const name = TLS_PARAMETERS[family];
    if (!name) return notApplicable('the engine has no parameter that refuses connections without TLS');
    // The default differs between versions of an engine, so that only a group of one's own tells.
    if (found.kind === 'default') return violation('DefaultParameters', `the default parameter group does not set ${name}`);
    if (found.kind === 'unknown') return cannotTell('UnresolvedParameters', `no template describes the parameter group ${found.name}`);

    const parameters = found.group.properties.Parameters;
    const value = isMap(parameters) ? parameters[name] : parameters;
    if (isUnknown(value)) return cannotTell('UnresolvedParameters', `${name} is ${describe(value)} in ${found.group.logicalId}`);
    return /^(1|on|true)$/i.test(describe(value)) ? compliant(`${name} is ${describe(value)} in ${found.group.logicalId}`)
      : violation('NotEnforced', `${name} is ${describe(value)} in ${found.group.logicalId}`);
  },
};
