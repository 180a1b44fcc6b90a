import { Mixin } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import { IConstruct } from 'constructs';
import { guardAgainstUndoing, isIntrinsic, RenderedResource } from '../../private';

type Advanced = cloudtrail.CfnTrail.AdvancedEventSelectorProperty;
type Basic = cloudtrail.CfnTrail.EventSelectorProperty;

/** A selector that leaves nothing out. */
const ALL: Advanced = { fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] };

/**
 * Has a trail record all management events, reads and calls of AWS KMS among them. Applies control `TRAIL-SELECTORS`.
 *
 * Selectors of data, network and Insights events stay. Where both kinds of selectors are set, the basic ones go. Of basic selectors the first
 * is the one of management events, and reads and writes of the data that it names are recorded from now on.
 *
 * @example
 * declare const trail: cloudtrail.CfnTrail;
 * trail.with(new audit.mixins.TrailManagementEvents());
 */
export class TrailManagementEvents extends Mixin {
  public supports(construct: IConstruct): construct is cloudtrail.CfnTrail {
    return cloudtrail.CfnTrail.isCfnTrail(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const { advancedEventSelectors: advanced, eventSelectors: basic } = construct;
    if (advanced !== undefined) {
      construct.eventSelectors = undefined;
      if (Array.isArray(advanced)) {
        construct.advancedEventSelectors = [ALL, ...(advanced as Advanced[]).filter((selector) => !isOfManagement(selector))];
      }
    } else if (Array.isArray(basic) && basic.length > 0) {
      const [first, ...others] = basic as Basic[];
      const management = { includeManagementEvents: true, readWriteType: 'All', excludeManagementEventSources: undefined };
      construct.eventSelectors = [{ ...first, ...management }, ...others];
    }
    guardAgainstUndoing(construct, {
      control: 'TRAIL-SELECTORS',
      mixin: 'audit.mixins.TrailManagementEvents',
      demand: "a selector of one kind must take all management events, by 'AdvancedEventSelectors' or by 'EventSelectors'",
      holds: recordsAll,
    });
  }
}

/** One whose category only deployment tells may be another's, and stays. */
function isOfManagement({ fieldSelectors }: Advanced): boolean {
  return Array.isArray(fieldSelectors) && fieldSelectors.some((each) => 'field' in each && each.field === 'eventCategory'
    && Array.isArray(each.equalTo) && each.equalTo.includes('Management'));
}

function recordsAll({ Properties }: RenderedResource): boolean {
  const { AdvancedEventSelectors: advanced, EventSelectors: basic } = Properties ?? {};
  if (advanced !== undefined && basic !== undefined) return false;
  if (isIntrinsic(advanced) || isIntrinsic(basic)) return false;
  const all = JSON.stringify({ FieldSelectors: [{ Equals: ['Management'], Field: 'eventCategory' }] });
  if (advanced !== undefined) return (advanced as unknown[]).some((selector) => JSON.stringify(selector) === all);
  const selectors = (basic ?? []) as ReadonlyArray<Record<string, unknown>>;
  return selectors.length === 0 || selectors.some((selector) => [true, undefined].includes(selector.IncludeManagementEvents as boolean)
    && ['All', undefined].includes(selector.ReadWriteType as string) && selector.ExcludeManagementEventSources === undefined);
}
