import { Resource } from '../graph';
import { at, listOf, Value } from '../values';

/** A setting of a table, or of each replica of a global table, with the path where it stands. */
export interface TableSetting {
  readonly value: Value;
  readonly property: string;
}

/** A setting that a table has itself, and that a global table has on each of its replicas. */
export function settingsOf(table: Resource, path: string): readonly TableSetting[] {
  if (table.type === 'AWS::DynamoDB::Table') return [{ value: at(table.properties, path), property: path }];
  const replicas = listOf(table.properties.Replicas);
  // Without a replica to look at, the setting is as good as absent.
  if (replicas.length === 0) return [{ value: undefined, property: 'Replicas' }];
  return replicas.map((replica, index) => ({ value: at(replica, path), property: `Replicas.${index}.${path}` }));
}
