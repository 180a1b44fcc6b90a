import { GetParameterHistoryCommand, LabelParameterVersionCommand, ParameterHistory, SSMClient } from '@aws-sdk/client-ssm';
import { unless } from '../shared/error-name';

/** The parameter as somebody wrote it once. */
export interface ArmingVersion {
  readonly number: number;
  readonly text: string;
  /** ARN of the session, or of the user. */
  readonly writtenBy?: string;
  /** In milliseconds since 1970, by the clock of Systems Manager. */
  readonly writtenAt: number;
}

/** How far the history has been looked at. */
export type Mark =
  /** Everybody was told of the versions up to this one. */
  | 'told'
  /** The versions up to this one were reviewed. A version with a label is never dropped from the history, so that no flood of others can hide what follows it. */
  | 'reviewed';

/** The history of the parameter, oldest version first, and its marks. */
export interface ArmingHistory {
  readonly versions: readonly ArmingVersion[];
  /** 0 before the first. */
  readonly told: number;
  readonly reviewed: number;
}

/** What the API returns at most in one answer, of the hundred versions that are kept ("GetParameterHistory"). */
const PAGE = 50;

/** The parameter of AWS Systems Manager by which emergency access is armed. */
export class ArmingParameter {
  constructor(private readonly client: Pick<SSMClient, 'send'>, public readonly name: string) {}

  /** All that is known of it: nothing, where somebody deleted it. */
  public async read(): Promise<ArmingHistory> {
    const found: ParameterHistory[] = [];
    let NextToken: string | undefined;
    do {
      const page = await unless('ParameterNotFound', this.client.send(new GetParameterHistoryCommand({ Name: this.name, MaxResults: PAGE, NextToken })));
      found.push(...(page?.Parameters ?? []));
      NextToken = page?.NextToken;
    } while (NextToken !== undefined);
    return {
      versions: found.map(versionOf).sort((one, other) => one.number - other.number),
      told: marked(found, 'told'),
      reviewed: marked(found, 'reviewed'),
    };
  }

  /** Moves a mark to a version. */
  public async mark(mark: Mark, version: number): Promise<void> {
    await this.client.send(new LabelParameterVersionCommand({ Name: this.name, ParameterVersion: version, Labels: [mark] }));
  }
}

function versionOf({ Version, Value = '', LastModifiedUser, LastModifiedDate }: ParameterHistory): ArmingVersion {
  if (Version === undefined || !LastModifiedDate) throw new Error('Systems Manager did not tell which version it is, or since when');
  const version = { number: Version, text: Value, writtenAt: LastModifiedDate.getTime() };
  return LastModifiedUser === undefined ? version : { ...version, writtenBy: LastModifiedUser };
}

function marked(found: readonly ParameterHistory[], mark: Mark): number {
  return found.find(({ Labels = [] }) => Labels.includes(mark))?.Version ?? 0;
}
