import { Selector, selectorsOf, valuesOf } from './selectors';
import { cannotTell, compliant, Outcome, Rule, violation } from '../rule';
import { describe } from '../values';

/** Checks `TRAIL-SELECTORS`. */
export const trailSelectors: Rule = {
  control: 'TRAIL-SELECTORS',
  check({ properties }) {
    const read = selectorsOf(properties);
    switch (read.kind) {
      case 'default': return compliant('without selectors the trail records all management events');
      case 'both': return violation('BothKinds', 'AdvancedEventSelectors and EventSelectors are both set', 'EventSelectors');
      case 'untold': return cannotTell('UnresolvedSelectors', 'the template does not tell the selectors', 'AdvancedEventSelectors');
      case 'told': {
        const found = judge(read.selectors.filter(({ category }) => category === 'Management'), read.property);
        if (found.length > 0 && read.mayHaveMore) return cannotTell('UnresolvedSelectors', 'the template does not tell all selectors', read.property);
        return found.length > 0 ? found : compliant('the trail records all management events', read.property);
      }
    }
  },
};

function judge(management: readonly Selector[], property: string): readonly Outcome[] {
  if (management.length === 0) return [violation('NoManagementEvents', 'no selector is for management events', property)];
  if (management.some(({ fields }) => fields.length === 0)) return [];
  const halves = management.filter(({ fields }) => fields.every(({ field }) => field === 'readOnly')).flatMap((each) => valuesOf(each, 'readOnly', 'Equals'));
  if (['true', 'false'].every((half) => halves.some((value) => String(value) === half))) return [];
  const [narrowest] = [...management].sort((a, b) => a.fields.length - b.fields.length);
  return narrowest.fields.flatMap(({ field, values }) => {
    if (field === 'readOnly') return [violation('ReadsOrWrites', `management events are recorded where readOnly is ${describe(values.get('Equals'))}`, property)];
    const excluded = field === 'eventSource' ? values.get('NotEquals') ?? [] : [];
    return excluded.length === 0 ? [violation(`Narrowed::${field}`, `management events are recorded by ${field} only`, property)]
      : excluded.map((source) => violation(`Excluded::${describe(source)}`, `management events of ${describe(source)} are left out`, property));
  });
}
