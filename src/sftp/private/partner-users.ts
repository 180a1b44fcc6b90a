import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { Construct } from 'constructs';
import { AttachedServer, BoundUsers, UsersContext } from './bound-users';
import { KeyUsage } from './key-usage';
import { KeyWatch } from './key-watch';
import { PartnerFiles } from './partner-files';
import { PartnerHost } from './partner-host';
import { PartnerRegister } from './partner-register';
import { createActivityTable, createPartnerTable } from './partner-tables';
import { Registrars } from './registrars';
import { requireNoPassword } from './users-checks';
import type { PartnerRecord } from '../../formats/partner-record';
import { requireDays } from '../../private';
import { RotatingSecret } from '../../secrets';
import { DeadLetterQueue, IntegrationTable } from '../../storage';
import { PartnerOptions } from '../partner-options';
import { SftpPartner } from '../sftp-partner';
import { UsersOptions } from '../users-options';

/** What users of either kind have: tables, functions that write and watch them, and partners. */
export abstract class PartnerUsers extends Construct implements BoundUsers, PartnerHost {
  public abstract readonly identityProviderType: 'AWS_LAMBDA' | 'SERVICE_MANAGED';
  public abstract readonly details?: transfer.CfnServer.IdentityProviderDetailsProperty;
  public abstract readonly passwordRequired: boolean;

  public readonly scope: Construct = this;
  public readonly files: PartnerFiles;
  public readonly register: PartnerRegister;
  public readonly maxKeyAge: Duration;

  protected readonly partners: IntegrationTable;
  protected readonly activity: IntegrationTable;
  protected readonly undelivered: DeadLetterQueue;

  private readonly staleAfter: Duration;
  private attached?: Attached;

  constructor(protected readonly context: UsersContext, options: UsersOptions, stream?: dynamodb.StreamViewType) {
    super(context.scope, 'Users');
    this.maxKeyAge = options.maxKeyAge ?? Duration.days(180);
    this.staleAfter = options.staleAfter ?? Duration.days(60);
    requireDays(this, 'maxKeyAge', this.maxKeyAge, 1, 730);
    requireDays(this, 'staleAfter', this.staleAfter, 7, 365);

    const { foundation, incoming, outgoing } = context;
    this.files = new PartnerFiles(context);
    this.register = new PartnerRegister([incoming, ...outgoing ? [outgoing] : []].map(({ bucket }) => bucket.bucketName));
    this.partners = createPartnerTable(this, foundation, stream);
    this.activity = createActivityTable(this, foundation);
    this.undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
  }

  public attach(server: AttachedServer): void {
    const { foundation } = this.context;
    const common = { foundation, server, partners: this.partners, activity: this.activity, undelivered: this.undelivered };
    const registrars = new Registrars(this, {
      ...common, maxKeyAge: this.maxKeyAge, passwordRequired: this.passwordRequired, runtime: this.runtimeEnvironment(server),
    });
    const watch = new KeyWatch(this, 'KeyWatch', { ...common, staleAfter: this.staleAfter, name: this.context.scope.node.path });
    new KeyUsage(this, 'KeyUsage', { ...common, name: this.context.scope.node.path });
    this.attached = { server, registrars, watch };
    this.serve(server);
  }

  public addPartner(name: string, options: PartnerOptions): SftpPartner {
    return SftpPartner._of(this, name, options);
  }

  public grantManagePartners(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.operatorFunction.functionArn] });
  }

  public get operatorFunction(): lambda.Function {
    return this.there.registrars.operator.function;
  }

  public get server(): AttachedServer {
    return this.there.server;
  }

  public get registrarArn(): string {
    return this.there.registrars.deployer.function.functionArn;
  }

  public keyAlarm(partner: Construct, name: string): cloudwatch.Alarm {
    return this.there.watch.alarmOf(partner, name);
  }

  /** None, unless a kind of users says otherwise. */
  public password(partner: Construct, _name: string, options: PartnerOptions): RotatingSecret | undefined {
    requireNoPassword(partner, options);
    return undefined;
  }

  public abstract user(partner: Construct, record: PartnerRecord, role: iam.Role): Construct | undefined;

  /** What the function of operators has to know to add partners; nothing where it may not. */
  protected abstract runtimeEnvironment(server: AttachedServer): Readonly<Record<string, string>>;

  /** Makes what this kind of users needs besides. */
  protected abstract serve(server: AttachedServer): void;

  private get there(): Attached {
    return this.attached!; // a server attaches its users in its own constructor, before anybody can ask
  }
}

/** What there is once there is a server. */
interface Attached {
  readonly server: AttachedServer;
  readonly registrars: Registrars;
  readonly watch: KeyWatch;
}
