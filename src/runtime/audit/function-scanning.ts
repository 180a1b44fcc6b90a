import { BatchGetAccountStatusCommand, EnableCommand, Inspector2Client, ResourceScanType } from '@aws-sdk/client-inspector2';
import { AccountDefault, refused } from './account-default';

/** States that need nothing done (Amazon Inspector API Reference, "State"). */
const ON = ['ENABLED', 'ENABLING'];

const SCANS = {
  'function-scanning': { resourceType: 'LAMBDA', state: 'lambda' },
  'function-code-scanning': { resourceType: 'LAMBDA_CODE', state: 'lambdaCode' },
} as const;

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
  ) {}

  public async isOn(): Promise<boolean> {
    const asked = new BatchGetAccountStatusCommand({ accountIds: [this.accountId] });
    const { accounts = [], failedAccounts: [failure] = [] } = await this.inspector.send(asked);
    if (failure) throw refused(failure.errorCode);
    const status = accounts[0]?.resourceState?.[SCANS[this.name].state]?.status;
    return status !== undefined && ON.includes(status);
  }

  public async turnOn(): Promise<void> {
    const resourceTypes: ResourceScanType[] = [SCANS[this.name].resourceType];
    const { failedAccounts: [failure] = [] } = await this.inspector.send(new EnableCommand({ accountIds: [this.accountId], resourceTypes }));
    if (failure) throw refused(failure.errorCode);
  }
}
