import { BatchGetAccountStatusCommand, EnableCommand, Inspector2Client, ResourceScanType } from '@aws-sdk/client-inspector2';
import { AccountDefault, refused } from './account-default';

/** States that need nothing done (Amazon Inspector API Reference, "State"). */
const ON = ['ENABLED', 'ENABLING'];

const SCANS = {
  'function-scanning': { resourceType: 'LAMBDA', state: 'lambda' },
  'function-code-scanning': { resourceType: 'LAMBDA_CODE', state: 'lambdaCode' },
} as const;

/** Enabling takes minutes, in which another scan cannot be enabled: three of them are waited for, of the five that the function has. */
const ATTEMPTS = 12;
const PAUSE_MILLISECONDS = 15_000;

/**
 * Has Amazon Inspector look for known vulnerabilities in the packages of functions, or for weaknesses in their own code.
 *
 * An account that a delegated administrator enabled is on already, and is left alone: a member must not enable scans on its own.
 */
export class FunctionScanning implements AccountDefault {
  constructor(
    private readonly inspector: Pick<Inspector2Client, 'send'>,
    private readonly accountId: string,
    public readonly name: keyof typeof SCANS,
    private readonly pause: (milliseconds: number) => Promise<void>,
  ) {}

  public async isOn(): Promise<boolean> {
    const asked = new BatchGetAccountStatusCommand({ accountIds: [this.accountId] });
    const { accounts = [], failedAccounts: [failure] = [] } = await this.inspector.send(asked);
    if (failure) throw refused(failure.errorCode);
    const status = accounts[0]?.resourceState?.[SCANS[this.name].state]?.status;
    return status !== undefined && ON.includes(status);
  }

  /** What is enabled already, or by somebody at the same time, is as it should be (Amazon Inspector API Reference, "FailedAccount", `errorCode`). */
  public async turnOn(): Promise<void> {
    const resourceTypes: ResourceScanType[] = [SCANS[this.name].resourceType];
    for (let attempt = 1; ; attempt++) {
      const { failedAccounts: [failure] = [] } = await this.inspector.send(new EnableCommand({ accountIds: [this.accountId], resourceTypes }));
      if (!failure || failure.errorCode === 'ALREADY_ENABLED') return;
      if (failure.errorCode !== 'ENABLE_IN_PROGRESS' || attempt === ATTEMPTS) throw refused(failure.errorCode);
      await this.pause(PAUSE_MILLISECONDS);
    }
  }
}
