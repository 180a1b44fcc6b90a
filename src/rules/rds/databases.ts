import { Graph, Resource } from '../graph';
import { describe, isUnknown, mayBeAbsent, Value } from '../values';

/** Engines in families that share a setting. */
export type EngineFamily = 'db2' | 'mysql' | 'oracle' | 'postgres' | 'sqlserver';

/** The family of a database engine; `unknown` where the template does not tell the engine. */
export function familyOf(engine: Value): EngineFamily | 'unknown' {
  if (typeof engine !== 'string') return 'unknown';
  const name = engine.toLowerCase();
  if (/postgres/.test(name)) return 'postgres';
  if (/mysql|mariadb|^aurora$/.test(name)) return 'mysql';
  return (['db2', 'oracle', 'sqlserver'] as const).find((family) => name.includes(family)) ?? 'unknown';
}

/** Whether an instance only computes for a cluster, which then holds the storage, the users and the settings. */
export function isClusterMember(database: Resource): boolean {
  const cluster = database.properties.DBClusterIdentifier;
  return database.type === 'AWS::RDS::DBInstance' && cluster !== undefined && !mayBeAbsent(cluster);
}

/** Whether a database is a copy that follows another one. */
export function isReplica({ properties }: Resource): boolean {
  return ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier'].some((name) => properties[name] !== undefined && !mayBeAbsent(properties[name]));
}

/** Whether a database begins as a copy of a snapshot or of a point in time, with settings that the template does not show. */
export function isRestored({ properties }: Resource): boolean {
  return [
    'DBSnapshotIdentifier', 'DBClusterSnapshotIdentifier', 'SnapshotIdentifier', 'RestoreTime', 'RestoreToTime', 'UseLatestRestorableTime',
  ].some((name) => properties[name] !== undefined);
}

/** Where a database takes its parameters from. */
export type ParameterGroup = { readonly kind: 'default' } | { readonly kind: 'unknown'; readonly name: string } | { readonly kind: 'known'; readonly group: Resource };

/** Finds the parameter group of an instance or of a cluster. */
export function parameterGroupOf(database: Resource, graph: Graph): ParameterGroup {
  const cluster = database.type === 'AWS::RDS::DBCluster';
  const name: Value = database.properties[cluster ? 'DBClusterParameterGroupName' : 'DBParameterGroupName'];
  if (name === undefined || (typeof name === 'string' && name.startsWith('default.'))) return { kind: 'default' };
  const type = cluster ? 'AWS::RDS::DBClusterParameterGroup' : 'AWS::RDS::DBParameterGroup';
  const group = graph.find(name, type)
    ?? graph.ofType(type).find(({ properties }) => !isUnknown(name) && properties[`${cluster ? 'DBCluster' : 'DB'}ParameterGroupName`] === name);
  return group ? { kind: 'known', group } : { kind: 'unknown', name: describe(name) };
}
