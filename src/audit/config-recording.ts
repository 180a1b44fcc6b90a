import { Duration } from 'aws-cdk-lib';
import { Waiver } from '../core';

/** Options of `ConfigRecording.here`. */
export interface ConfigRecordingOptions {
  /**
   * Leaves resources of no Region, such as roles and users, to the recorder of another Region of the account; they are recorded, and billed, in each
   * that does not. Waives finding `NoGlobalTypes` of control `CONFIG-RECORDER`.
   *
   * @default - they are recorded here, too
   */
  readonly withoutGlobalResources?: Waiver;

  /**
   * Creates the account's service-linked role of AWS Config. An account has one for all Regions, and a deployment fails where it is there already.
   *
   * @default false - the role `AWSServiceRoleForConfig` is there; `aws iam create-service-linked-role --aws-service-name config.amazonaws.com` makes it
   */
  readonly createServiceLinkedRole?: boolean;

  /**
   * How long the bucket keeps the history of resources, from 365 to 3650 days.
   *
   * @default Duration.days(400)
   */
  readonly retention?: Duration;
}

/** Who has AWS Config record what the account's resources are like. */
export class ConfigRecording {
  /**
   * The baseline: it makes the Region's recorder and its delivery channel, of which AWS Config takes one each. A deployment fails where there is one.
   *
   * Each configuration item that is recorded costs.
   */
  public static here(options: ConfigRecordingOptions = {}): ConfigRecording {
    return new ConfigRecording(options);
  }

  /** The organization, AWS Control Tower or another stack; the baseline makes nothing of it. */
  public static managedByOrganization(): ConfigRecording {
    return new ConfigRecording();
  }

  private constructor(private readonly options?: ConfigRecordingOptions) {}

  /**
   * Undefined where somebody else records.
   *
   * @internal
   */
  public _options(): ConfigRecordingOptions | undefined {
    return this.options;
  }
}
