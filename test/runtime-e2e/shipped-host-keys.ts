import { createHash } from 'node:crypto';
import { SftpProcess } from './sftp-process';
import { tryStrings } from '../../src/formats/ssh-wire';
import { tryPublicKeyOf } from '../../src/runtime/secrets/ssh-key';
import { Call } from '../runtime/secrets/harness/service';
import { ReadKey } from '../runtime/sftp/fake-host-keys';
import { DAY, HostKeyWorld, PARAMETER, SERVER_ID } from '../runtime/sftp/host-key-world';

const RESPONSE_URL = 'https://cloudformation-custom-resource-response-euwest1.s3-eu-west-1.amazonaws.com/answer?X-Amz-Signature=CANARY';

/** Reads a private key as the service does: PEM, or OpenSSH's form, in which the public half stands before the private one (PROTOCOL.key, 1). */
function readPrivateKey(body: string): ReadKey {
  const pem = tryPublicKeyOf(body);
  if (pem) return { type: pem.line.split(' ')[0], fingerprint: pem.fingerprint, publicKey: pem.line };
  const bytes = Buffer.from(body.replace(/-----.*-----|\n/g, ''), 'base64');
  const after = Buffer.from('openssh-key-v1\0').length + 4 + 4 + 4 + 4 + 4 + 4; // none, none, no options, one key
  const blob = bytes.subarray(after + 4, after + 4 + bytes.readUInt32BE(after));
  const [type = ''] = (tryStrings(blob) ?? []).map(String);
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  return { type, fingerprint, publicKey: `${type} ${blob.toString('base64')}` };
}

/** A world whose rotation is what ships, with keys as that makes them. */
export class ShippedHostKeyWorld extends HostKeyWorld {
  private readonly process = new SftpProcess('host-keys', (call) => this.respond(call), () => this.now);

  constructor() {
    super(undefined, readPrivateKey);
  }

  /** The process ends at a call that is to be its last one. */
  protected override respond(call: Call): unknown {
    return this.process.mayDie(this.fault, this.calls, () => super.respond(call));
  }

  public override async run(event: unknown = { task: 'watch' }): Promise<unknown> {
    const result = await this.invoke(event);
    this.results.push(result);
    return result;
  }

  public override async deploy(): Promise<Readonly<Record<string, string>>> {
    await this.invoke({
      RequestType: 'Create', ResponseURL: RESPONSE_URL, StackId: 'stack', RequestId: 'request', LogicalResourceId: 'HostKeys', ResourceProperties: {},
    });
    const { Status, Reason, Data = {} } = this.process.answers.at(-1)!;
    if (Status !== 'SUCCESS') throw new Error(Reason);
    return Data;
  }

  private async invoke(event: unknown): Promise<unknown> {
    const { keyTypes, rotateAfterMilliseconds, overlapMilliseconds, isAcknowledgementRequired, eventBusName } = this.settings;
    const environment = {
      SERVER_ID,
      KEY_TYPES: JSON.stringify(keyTypes),
      ROTATE_AFTER_DAYS: String(rotateAfterMilliseconds / DAY),
      OVERLAP_DAYS: String(overlapMilliseconds / DAY),
      REQUIRE_ACKNOWLEDGEMENT: String(isAcknowledgementRequired),
      PARAMETER_NAME: PARAMETER,
      EVENT_BUS_NAME: eventBusName,
    };
    try {
      return await this.process.invoke(environment, event);
    } finally {
      this.log.push(...this.process.listen().entries.filter(({ outcome }) => outcome !== 'deployed'));
    }
  }
}
