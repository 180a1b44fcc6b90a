import { CustomResource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PartnerAccess } from './partner-access';
import { PartnerOptions } from './partner-options';
import { PartnerHost } from './private/partner-host';
import { recordOf, requireKeysFor } from './private/template-record';
import { noteUploader } from './private/uploaders';
import { writePartnerRecord } from '../formats/partner-record';
import { RotatingSecret } from '../secrets';

/**
 * A partner of an `SftpServer`: a role that reaches the partner's files alone, a record by which it logs in, and alarms of its own. Made by
 * `SftpServer.addPartner`.
 *
 * It takes four resources of the 500 that a stack has, and 22 more where a password is required. Its files stay when it is removed.
 *
 * @example
 * declare const server: sftp.SftpServer;
 * const acme = server.addPartner('acme', {
 *   keys: [
 *     sftp.PartnerKey.of('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMrYZkq2ZoY3jRqUQ0hI9wQ1dGq1oKvzv9xZ1dmYhS2b', { expires: new Date('2027-05-01T00:00:00Z') }),
 *   ],
 *   networks: ['203.0.113.0/28'],
 * });
 */
export class SftpPartner extends Construct {
  /** @internal */
  public static _of(host: PartnerHost, name: string, options: PartnerOptions): SftpPartner {
    return new SftpPartner(host, name, options);
  }

  /** Name that the partner logs in with. */
  public readonly name: string;

  /** Where the partner's files are in the buckets, without `/` at its ends. */
  public readonly prefix: string;

  /** The role by which the partner's files are reached. */
  public readonly role: iam.Role;

  /** The partner's password, where the server's users require one. */
  public readonly password?: RotatingSecret;

  /** Alarms on failed logins and on keys that are about to run out; none while the partner is disabled. */
  public readonly alarms: cloudwatch.Alarm[];

  private constructor(host: PartnerHost, name: string, options: PartnerOptions) {
    super(host.scope, name);

    this.name = name;
    const usualPrefix = `partners/${name}`;
    this.prefix = options.prefix ?? usualPrefix;
    const directories = host.files.directories(this, options.access ?? PartnerAccess.upload(), this.prefix);
    const { passwordRequired, maxKeyAge } = host;
    const checked = recordOf(this, { name, options, directories, passwordRequired, maxKeyAge });
    requireKeysFor(this, host.server, checked);
    host.register.add(this, checked);
    if (this.prefix !== usualPrefix) noteUploader(this, host.files.incoming, this.prefix, name);
    this.password = host.password(this, name, options);

    const { serverId, networks, alarms } = host.server;
    this.role = host.files.role(this, 'Role', serverId, `Files of SFTP partner ${name}`, directories);
    const record = { ...checked, roleArn: this.role.roleArn };
    const stored = new CustomResource(this, 'Record', {
      resourceType: 'Custom::SftpPartner',
      serviceToken: host.registrarArn,
      properties: { ServerId: serverId, Record: writePartnerRecord(record) },
    });
    const user = record.disabled ? undefined : host.user(this, record, this.role);
    stored.node.addDependency(host.server.hostKeys, ...user ? [user] : []);

    this.alarms = record.disabled ? [] : [alarms.partner(this, name), host.keyAlarm(this, name)];
    if (!record.disabled) networks.allow(this, name, record.networks);
  }
}
