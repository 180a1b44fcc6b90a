import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AttachedServer } from './bound-users';
import { PartnerFiles } from './partner-files';
import { PartnerRegister } from './partner-register';
import type { PartnerRecord } from '../../formats/partner-record';
import { RotatingSecret } from '../../secrets';
import { PartnerOptions } from '../partner-options';

/** What a partner needs of the users that it is one of. */
export interface PartnerHost {
  /** Below which partners are made. */
  readonly scope: Construct;
  readonly server: AttachedServer;
  readonly files: PartnerFiles;
  readonly register: PartnerRegister;
  readonly maxKeyAge: Duration;
  readonly passwordRequired: boolean;
  /** Function that CloudFormation has write the record of a partner. */
  readonly registrarArn: string;

  /** The partner's password; undefined where none is required. */
  password(partner: Construct, name: string, options: PartnerOptions): RotatingSecret | undefined;
  /** What the server itself has to know of a partner, before there is a record of it; undefined where it asks for all. */
  user(partner: Construct, record: PartnerRecord, role: iam.Role): Construct | undefined;
  /** An alarm on the last of a partner's keys running out. */
  keyAlarm(partner: Construct, name: string): cloudwatch.Alarm;
}
