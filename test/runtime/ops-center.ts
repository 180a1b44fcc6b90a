/** An error as Systems Manager answers it. */
export class OpsCenterError extends Error {
  constructor(name: string, public readonly details: Readonly<Record<string, unknown>> = {}) {
    super('CANARY: what the service said');
    this.name = name;
    Object.assign(this, details);
  }
}

export interface FakeOpsItem {
  readonly OpsItemId: string;
  readonly Source: string;
  readonly Title: string;
  readonly Description: string;
  readonly Severity: string;
  readonly Category: string;
  readonly CreatedBy: string;
  readonly OperationalData: Record<string, { readonly Type: string; readonly Value: string }>;
  Status: string;
  LastModifiedBy: string;
  LastModifiedTime: Date;
}

interface Input extends Partial<Pick<FakeOpsItem, 'OpsItemId' | 'Status' | 'OperationalData' | 'Source' | 'Title' | 'Description' | 'Severity' | 'Category'>> {
  readonly NextToken?: string;
  readonly OpsItemFilters?: ReadonlyArray<{ readonly Key: string; readonly Values: readonly string[] }>;
}

/** The role of the function that opens items. */
export const OWN_ROLE = 'arn:aws:sts::111122223333:assumed-role/Review-Role1A2B/Review-Function3C4D';

/** OpsCenter as its user guide tells of it ("Managing duplicate OpsItems"). */
export class OpsCenter {
  public readonly items: FakeOpsItem[] = [];
  /** Whether a search finds what was made a moment ago. */
  public searchIsCurrent = true;

  /** Whether a search answers with an empty page first. */
  public answersInPages = false;

  constructor(public now: () => number, private readonly maker = OWN_ROLE) {}

  public call(operation: string, input: Input): object {
    switch (operation) {
      case 'CreateOpsItem': return { OpsItemId: this.create(input) };
      case 'DescribeOpsItems':
        if (this.answersInPages && input.NextToken === undefined) return { OpsItemSummaries: [], NextToken: 'more' };
        return { OpsItemSummaries: this.search(input).map(({ Description: _, ...summary }) => summary) };
      case 'GetOpsItem': return { OpsItem: this.item(input.OpsItemId!) };
      case 'UpdateOpsItem':
        this.update(input.OpsItemId!, this.maker, input);
        return {};
      default: throw new OpsCenterError('UnknownOperationException');
    }
  }

  /** What somebody does in the console. */
  public update(opsItemId: string, by: string, change: Pick<Input, 'Status' | 'OperationalData'>): void {
    const item = this.item(opsItemId);
    Object.assign(item.OperationalData, change.OperationalData);
    Object.assign(item, { Status: change.Status ?? item.Status, LastModifiedBy: by, LastModifiedTime: new Date(this.now()) });
  }

  public resolve(opsItemId: string, by: string): void {
    this.update(opsItemId, by, { Status: 'Resolved' });
  }

  public item(opsItemId: string): FakeOpsItem {
    const item = this.items.find((each) => each.OpsItemId === opsItemId);
    if (!item) throw new OpsCenterError('OpsItemNotFoundException');
    return item;
  }

  private create({ OperationalData = {}, Source, Title, Description, Severity, Category }: Input): string {
    const dedup = OperationalData['/aws/dedup']?.Value.toLowerCase();
    const same = this.items.find((each) => each.Status !== 'Resolved' && each.OperationalData['/aws/dedup']?.Value.toLowerCase() === dedup);
    if (dedup !== undefined && same) throw new OpsCenterError('OpsItemAlreadyExistsException', { OpsItemId: same.OpsItemId });
    const OpsItemId = `oi-${String(this.items.length + 1).padStart(12, '0')}`;
    this.items.push({
      OpsItemId,
      Source: Source!,
      Title: Title!,
      Description: Description!,
      Severity: Severity!,
      Category: Category!,
      OperationalData: { ...OperationalData },
      CreatedBy: this.maker,
      Status: 'Open',
      LastModifiedBy: this.maker,
      LastModifiedTime: new Date(this.now()),
    });
    return OpsItemId;
  }

  private search({ OpsItemFilters = [] }: Input): readonly FakeOpsItem[] {
    const found = OpsItemFilters.reduce<readonly FakeOpsItem[]>((items, { Key, Values: [filter] }) => {
      if (Key === 'Source') return items.filter(({ Source }) => Source === filter);
      if (Key !== 'OperationalData') throw new OpsCenterError('OpsItemInvalidParameterException');
      const { key, value } = JSON.parse(filter) as { key: string; value: string };
      return items.filter(({ OperationalData: { [key]: data } }) => data?.Type === 'SearchableString' && data.Value === value);
    }, this.items);
    return this.searchIsCurrent ? found : [];
  }
}

/** What a client of Systems Manager is to a function. */
export function clientOf(center: OpsCenter): { send(command: object): Promise<never> } {
  return {
    send: async (command) => center.call(command.constructor.name.replace(/Command$/, ''), (command as { readonly input: Input }).input) as never,
  };
}
