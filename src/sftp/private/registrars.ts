import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AttachedServer } from './bound-users';
import { SFTP_METRICS } from './sftp-metrics';
import { UsersFunction } from './users-function';
import { IFoundation } from '../../foundation';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { DeadLetterQueue, IntegrationTable } from '../../storage';

/** What writing partners takes: rows of partners and of keys change together, in transactions. */
const WRITING = ['GetItem', 'UpdateItem', 'DeleteItem'];

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
    // Rows of keys are put for partners that are added.
    const mayAdd = Object.keys(props.runtime).length > 0;
    this.deployer.allowTable(partners, ...WRITING, 'PutItem');
    this.operator.allowTable(partners, ...WRITING, ...mayAdd ? ['PutItem'] : [], 'Scan');

    const name = server.resource.node.scope!.node.path;
    const alarms = new OutcomeAlarms(scope, 'RegistrarAlarms', { foundation, namespace: SFTP_METRICS, name });
    alarms.alarm('LeftOut', alarms.outcomes(this.deployer, 'KeysLeftOut', 'key-left-out'),
      'a template has a key that operators revoked, and its partner was deployed without. Read in the log of the registrar which, and take it out of the template.');
    alarms.alarm('DeployerFailure', alarms.ofFunction(this.deployer, 'Errors'), 'partners of a template could not be written. Read why in the log of the registrar.');
    alarms.alarm('OperatorFailure', alarms.ofFunction(this.operator, 'Errors'),
      'what an operator asked for could not be done. Read why in the log of the function, and ask again.');
  }
}
