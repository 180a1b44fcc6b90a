import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { ConfigurationError, requireDays } from '../../private';
import { DeadLetterQueue } from '../../storage';
import { HostKeyOptions } from '../host-key-options';
import { HostKeyType } from '../host-key-type';

/** Properties of `HostKeys`. */
export interface HostKeysProps {
  readonly foundation: IFoundation;
  readonly undelivered: DeadLetterQueue;
  readonly alarms: OutcomeAlarms;
  readonly serverId: string;
  readonly serverArn: string;
  readonly fips: boolean;
  readonly options: HostKeyOptions;
}

/**
 * Makes a server's host keys and rotates them: the next one is published long before it is used.
 *
 * The function keeps no private key, and neither does the template: it makes a pair, gives it to Transfer Family and forgets it.
 */
export class HostKeys extends Construct {
  /** Where the public keys and their fingerprints stand, as JSON. */
  public readonly parameter: ssm.IStringParameter;

  /** Fingerprints of the keys that are in use after the deployment, separated by commas. */
  public readonly fingerprints: string;

  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: HostKeysProps) {
    super(scope, id);

    const { alarms, foundation, options, serverArn, serverId, undelivered } = props;
    const types = this.typesOf(props);
    const rotateAfter = options.rotateAfter ?? Duration.days(365);
    const overlap = options.overlap ?? Duration.days(30);
    requireDays(this, 'rotateAfter', rotateAfter, 30, 3650);
    requireDays(this, 'overlap', overlap, 7, 90);

    this.parameter = new ssm.StringParameter(this, 'Parameter', {
      description: `Public host keys of ${scope.node.path}: those in use, and the next`,
      // The function writes what follows; CloudFormation writes this once.
      stringValue: '{"active":[],"next":[]}',
    });
    this.handler = new HandlerFunction(this, {
      foundation,
      bundle: 'sftp/host-keys',
      description: 'Makes and rotates the host keys of one SFTP server',
      environment: {
        SERVER_ID: serverId,
        KEY_TYPES: JSON.stringify(types.map(({ name }) => name)),
        ROTATE_AFTER_DAYS: String(rotateAfter.toDays()),
        OVERLAP_DAYS: String(overlap.toDays()),
        PARAMETER_NAME: this.parameter.parameterName,
        EVENT_BUS_NAME: 'default',
      },
      // A pair of RSA 4096 takes seconds, and many on a bad day.
      timeout: Duration.minutes(5),
      memorySize: 1024,
      // Two at once could import two keys of a type.
      reservedConcurrentExecutions: 1,
      undelivered,
    });
    this.grant(serverId, serverArn);
    runRegularly(this, 'EachDay', Duration.days(1), this.handler.function, undelivered, { description: 'Has the host keys rotated when they are due', task: 'watch' });

    const keys = new CustomResource(this, 'Resource', {
      serviceToken: this.handler.function.functionArn,
      resourceType: 'Custom::SftpHostKeys',
      serviceTimeout: Duration.minutes(15),
      properties: { ServerId: serverId, KeyTypes: types.map(({ name }) => name) },
    });
    keys.node.addDependency(this.handler.role.node.findChild('DefaultPolicy'));
    this.fingerprints = keys.getAttString('Fingerprints');
    alarms.alarm('HostKeyFailure', alarms.ofFunction(this.handler, 'Errors'),
      'the host keys could not be looked after. Read why in the log of their function; the next run is in a day.');
  }

  /** Lets `grantee` read the public keys. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.parameter.grantRead(grantee);
  }

  private grant(serverId: string, serverArn: string): void {
    const stack = Stack.of(this);
    this.handler.allow(['transfer:ImportHostKey', 'transfer:ListHostKeys'], serverArn);
    this.handler.allow(['transfer:DescribeHostKey', 'transfer:DeleteHostKey'],
      stack.formatArn({ service: 'transfer', resource: 'host-key', resourceName: `${serverId}/*` }));
    this.handler.allow(['ssm:GetParameter', 'ssm:PutParameter'], this.parameter.parameterArn);
    this.handler.allow(['events:PutEvents'], stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }));
  }

  private typesOf({ fips, options }: HostKeysProps): readonly HostKeyType[] {
    const { ECDSA_P256, ED25519, RSA_4096 } = HostKeyType;
    const types = options.types ?? (fips ? [ECDSA_P256, RSA_4096] : [ED25519, ECDSA_P256, RSA_4096]);
    if (types.length === 0) throw new ConfigurationError(this, "'types' must name a type of host key, got none; leave it out for all of them");
    if (fips && types.includes(ED25519)) {
      throw new ConfigurationError(this, "'types' must be without ED25519 in FIPS mode, got ED25519; name ECDSA_P256 or RSA_4096");
    }
    return types;
  }
}
