import { Lazy } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import { IConstruct } from 'constructs';
import { ConfigurationError } from '../../private';

type Selector = cloudtrail.CfnTrail.AdvancedEventSelectorProperty;
type Field = cloudtrail.CfnTrail.AdvancedFieldSelectorProperty;

/** Values that all selectors of a trail have together (AWS CloudTrail User Guide, "Quotas in AWS CloudTrail"). */
const MOST_VALUES = 500;

/** What data is recorded, by the property that names its holders: the type as CloudTrail calls it, and how an ARN selects it. */
const DATA = {
  buckets: { name: 'Objects', type: 'AWS::S3::Object', operator: 'startsWith' },
  // Events of a table's stream have both types, and are selected with the table's (AWS CloudTrail User Guide, "Logging data events").
  tables: { name: 'Items', type: 'AWS::DynamoDB::Table', operator: 'equalTo' },
  functions: { name: 'Invocations', type: 'AWS::Lambda::Function', operator: 'equalTo' },
} as const;

/** Holders of data whose use is recorded. */
export type RecordedData = keyof typeof DATA;

/** Which events a trail records. */
export class EventSelectors {
  private readonly arns: Record<RecordedData, string[]> = { buckets: [], tables: [], functions: [] };

  /**
   * @param ownObjects start of the ARNs of the trail's own files: reading them is recorded (PCI DSS 4.0.1, 10.2.1.3). Recording each delivery would
   * never end, since the record is delivered, too.
   * @param endpointServices services whose calls are recorded if the policy of a VPC endpoint denies them
   */
  constructor(private readonly scope: IConstruct, private readonly ownObjects: string, private readonly endpointServices: readonly string[]) {}

  /** As the trail has them, once everything has been recorded that will be. */
  public render(): cloudtrail.CfnTrailProps['advancedEventSelectors'] {
    return Lazy.any({ produce: () => this.all() });
  }

  /** Records the use of what an ARN names, or begins with it. */
  public record(kind: RecordedData, arn: string): void {
    const arns = this.arns[kind];
    if (arns.includes(arn)) return;
    arns.push(arn);
    const count = this.all().flatMap(({ fieldSelectors }) => fieldSelectors as Field[])
      .reduce((sum, { equalTo = [], startsWith = [] }) => sum + equalTo.length + startsWith.length, 0);
    if (count > MOST_VALUES) {
      throw new ConfigurationError(this.scope, `'${kind}' must leave the selectors of a trail at most ${MOST_VALUES} values, got ${count}; `
        + 'record what is regulated alone, or the rest by another trail');
    }
  }

  private all(): Selector[] {
    return [
      // With no field besides, so that events of AWS KMS are among them.
      { name: 'Management', fieldSelectors: [equal('eventCategory', 'Management')] },
      {
        name: 'Reading of this trail',
        fieldSelectors: [
          equal('eventCategory', 'Data'), equal('resources.type', DATA.buckets.type), equal('readOnly', 'true'),
          { field: 'resources.ARN', startsWith: [this.ownObjects] },
        ],
      },
      ...Object.entries(DATA).filter(([kind]) => this.arns[kind as RecordedData].length > 0).map(([kind, { name, type, operator }]) => ({
        name,
        fieldSelectors: [
          equal('eventCategory', 'Data'), equal('resources.type', type),
          { field: 'resources.ARN', [operator]: [...this.arns[kind as RecordedData]] },
        ],
      })),
      ...this.endpointServices.map((service) => ({
        name: `Denied at VPC endpoints: ${service}`,
        fieldSelectors: [
          equal('eventCategory', 'NetworkActivity'), equal('eventSource', `${service}.amazonaws.com`), equal('errorCode', 'VpceAccessDenied'),
        ],
      })),
    ];
  }
}

function equal(field: string, value: string): Field {
  return { field, equalTo: [value] };
}
