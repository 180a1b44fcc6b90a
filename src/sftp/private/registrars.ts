import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AttachedServer } from './bound-users';
import { SFTP_METRICS } from './sftp-metrics';
import { UsersFunction } from './users-function';
import { IFoundation } from '../../foundation';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { DeadLetterQueue, IntegrationTable } from '../../storage';

/** What writing partners takes: rows of partners and of keys change together, in transactions. */
const WRITING = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'];

/** Properties of `Registrars`. */
export interface RegistrarsProps {
  readonly foundation: IFoundation;
  readonly server: AttachedServer;
  readonly partners: IntegrationTable;
  readonly undelivered: DeadLetterQueue;
  readonly maxKeyAge: Duration;
  readonly passwordRequired: boolean;
  /** What the operators' one has to know to add partners. */
  readonly runtime: Readonly<Record<string, string>>;
}

/**
 * The functions that write partners, of which each takes orders from one side: whoever may invoke the operators' could else write an order that
 * reads as CloudFormation's, whose partners have roles and networks of any kind.
 */
export class Registrars {
  /** Takes orders from CloudFormation alone. */
  public readonly deployer: UsersFunction;

  /** Takes orders from operators alone. */
  public readonly operator: UsersFunction;

  constructor(scope: Construct, props: RegistrarsProps) {
    const { foundation, server, partners, undelivered, maxKeyAge, passwordRequired } = props;
    const environment = {
      PARTNERS_TABLE: partners.table.tableName,
      MAX_KEY_DAYS: String(maxKeyAge.toDays()),
      AUTHENTICATION: passwordRequired ? 'PUBLIC_KEY_AND_PASSWORD' : 'PUBLIC_KEY',
    };
    const common = { foundation, bundle: 'registrar', timeout: Duration.minutes(1), reservedConcurrentExecutions: 5, undelivered };
    this.deployer = new UsersFunction(scope, 'Registrar', {
      ...common, description: 'Writes partners of a template', environment: { ...environment, CALLER: 'cloudformation' },
    });
    this.operator = new UsersFunction(scope, 'Operator', {
      ...common, description: 'Writes and shows partners for operators', environment: { ...environment, ...props.runtime, CALLER: 'operator', SERVER_ID: server.serverId },
    });
    this.deployer.allowTable(partners, ...WRITING);
    this.operator.allowTable(partners, ...WRITING, 'Scan');

    for (const [id, registrar] of [['RegistrarAlarms', this.deployer], ['OperatorAlarms', this.operator]] as const) {
      const alarms = new OutcomeAlarms(scope, id, { foundation, namespace: SFTP_METRICS, name: registrar.node.path });
      alarms.alarm('Fault', alarms.outcomes(registrar, 'Faults', 'fault'),
        'a partner could not be written for a reason of ours. Read it in the log of the function, and ask again.');
      alarms.alarm('Failure', alarms.ofFunction(registrar, 'Errors'), 'the function that writes partners failed. Read why in its log.');
    }
  }
}
