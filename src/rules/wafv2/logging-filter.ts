import { at, describe, isMap, isUnknown, listOf, Value } from '../values';

/** What a logging filter drops: nothing, other requests only, blocked ones among them, or what the template does not tell. */
export type Dropped = 'none' | 'others' | 'blocked' | 'unknown';

/** Whether a filter is for all blocked requests, for some of them, for none, or does not tell. */
type Reach = 'all' | 'some' | 'none' | 'unknown';

/** Judges a `LoggingFilter` by what becomes of a request that a rule blocked; its filters are asked in order. */
export function droppedRequests(filter: Value): Dropped {
  if (filter === undefined || filter === null) return 'none';
  const last = at(filter, 'DefaultBehavior');
  if (!isMap(filter) || isUnknown(last)) return 'unknown';
  for (const each of listOf(filter.Filters)) {
    const reach = reachOf(each);
    const behavior = at(each, 'Behavior');
    if (reach === 'unknown' || (reach !== 'none' && isUnknown(behavior))) return 'unknown';
    if (behavior === 'DROP' && reach !== 'none') return 'blocked';
    if (behavior === 'KEEP' && reach === 'all') return 'others';
  }
  return last === 'DROP' ? 'blocked' : 'others';
}

function reachOf(filter: Value): Reach {
  if (!isMap(filter)) return 'unknown';
  const conditions = listOf(filter.Conditions);
  const actions = conditions.map((condition) => at(condition, 'ActionCondition.Action'));
  if (isUnknown(filter.Requirement) || conditions.some(isUnknown) || actions.some(isUnknown)) return 'unknown';
  const blocked = actions.filter((action) => action === 'BLOCK').length;
  const otherwise = actions.filter((action) => action !== undefined && action !== 'BLOCK').length;
  const labels = actions.length - blocked - otherwise;
  if (describe(filter.Requirement) === 'MEETS_ALL') return otherwise > 0 ? 'none' : labels > 0 ? 'some' : blocked > 0 ? 'all' : 'unknown';
  return blocked > 0 ? 'all' : labels > 0 ? 'some' : 'none';
}
