import { isMap, isUnknown, listOf, truth, Unresolved, Value } from '../values';

/** One condition of an advanced selector. */
export interface Field {
  readonly field: string;
  /** The values of each operator, `Equals` and `NotStartsWith` for example. */
  readonly values: ReadonlyMap<string, readonly Value[]>;
}

/** One selector of either kind, as conditions on the events that it takes. */
export interface Selector {
  readonly category: 'Management' | 'Data' | 'Other';
  readonly fields: readonly Field[];
}

/** The selectors of a trail, or what keeps them from being read. */
export type Selectors =
  /** A trail without selectors records all management events, and nothing else. */
  | { readonly kind: 'default' | 'both' | 'untold' }
  | {
    readonly kind: 'told';
    readonly property: 'AdvancedEventSelectors' | 'EventSelectors';
    readonly selectors: readonly Selector[];
    /** Whether there are more, of which the template does not tell all. They take events and take none away. */
    readonly mayHaveMore: boolean;
  };

/** Reads the selectors of a trail (AWS CloudTrail User Guide, "Logging management events" and "Logging data events"). */
export function selectorsOf({ AdvancedEventSelectors: advanced, EventSelectors: basic }: Readonly<Record<string, Value>>): Selectors {
  if (isUnknown(advanced) || isUnknown(basic)) return { kind: 'untold' };
  const both = [advanced, basic].filter((value) => value !== undefined && value !== null);
  if (both.length === 0) return { kind: 'default' };
  if (both.length === 2) return { kind: 'both' };
  const list = listOf(both[0]);
  if (list.length === 0) return { kind: 'default' };
  const property = both[0] === advanced ? 'AdvancedEventSelectors' : 'EventSelectors';
  const read = list.flatMap((raw) => (property === 'EventSelectors' ? basicSelectors(raw) : [advancedSelector(raw)]));
  const selectors = read.filter((each): each is Selector => each !== undefined);
  return { kind: 'told', property, selectors, mayHaveMore: selectors.length < read.length };
}

/** The values of a field under one operator; none where the field is not asked for. */
export function valuesOf(selector: Selector, field: string, operator: string): readonly Value[] {
  return selector.fields.filter((each) => each.field === field).flatMap((each) => each.values.get(operator) ?? []);
}

/** A selector is undefined where the template does not tell all of it. */
function advancedSelector(raw: Value): Selector | undefined {
  if (!isMap(raw) || isUnknown(raw.FieldSelectors)) return undefined;
  const fields = listOf(raw.FieldSelectors).map((entry): Field | undefined => {
    if (!isMap(entry) || typeof entry.Field !== 'string') return undefined;
    const operators = Object.entries(entry).filter(([name]) => name !== 'Field');
    return operators.some(([, values]) => isUnknown(values)) ? undefined
      : { field: entry.Field, values: new Map(operators.map(([name, values]) => [name, listOf(values)])) };
  });
  const told = fields.filter((field): field is Field => field !== undefined);
  const category = told.find(({ field }) => field === 'eventCategory')?.values.get('Equals')?.[0];
  if (told.length < fields.length || typeof category !== 'string') return undefined;
  return { category: category === 'Management' || category === 'Data' ? category : 'Other', fields: told.filter(({ field }) => field !== 'eventCategory') };
}

/** A basic selector is one for management events and one for each kind of data. */
function basicSelectors(raw: Value): ReadonlyArray<Selector | undefined> {
  if (!isMap(raw)) return [undefined];
  const { ReadWriteType: type, ExcludeManagementEventSources: excluded, DataResources: resources } = raw;
  const management = truth(raw.IncludeManagementEvents) ?? true;
  if (isUnknown(type)) return [undefined];
  const readOnly: Field[] = type === undefined || type === 'All' ? [] : [equal('readOnly', [type === 'ReadOnly' ? 'true' : 'false'])];
  const sources: Field[] = listOf(excluded).length === 0 ? [] : [{ field: 'eventSource', values: new Map([['NotEquals', listOf(excluded)]]) }];
  const ofManagement = management instanceof Unresolved || isUnknown(excluded) ? undefined : { category: 'Management' as const, fields: [...readOnly, ...sources] };
  return [...(management === false ? [] : [ofManagement]), ...listOf(resources).map((entry) => dataSelector(entry, readOnly))];
}

function dataSelector(entry: Value, readOnly: readonly Field[]): Selector | undefined {
  if (!isMap(entry) || isUnknown(entry.Type) || isUnknown(entry.Values)) return undefined;
  const arns: Field = { field: 'resources.ARN', values: new Map([['StartsWith', listOf(entry.Values)]]) };
  return { category: 'Data', fields: [...readOnly, equal('resources.type', [entry.Type]), arns] };
}

function equal(field: string, values: readonly Value[]): Field {
  return { field, values: new Map([['Equals', values]]) };
}
