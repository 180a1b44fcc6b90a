import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { defaultBusArn } from './key-watch';
import { IFoundation } from '../../foundation';
import { HandlerFunction } from '../../functions/handler-function';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { ConfigurationError, requireDays } from '../../private';
import { acknowledgeInPacks } from '../../private/nag';
import { spelledInPacks } from '../../private/nag-spelling';
import { DeadLetterQueue } from '../../storage';
import { HostKeyOptions } from '../host-key-options';
import { HostKeyType } from '../host-key-type';

const DAY = Duration.days(1);

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

  /** Fingerprints of the keys that were in use at the last deployment that changed their types. */
  public readonly fingerprints: string[];

  public readonly handler: HandlerFunction;

  /** There once the server has the keys. */
  public readonly made: CustomResource;

  constructor(scope: Construct, id: string, props: HostKeysProps) {
    super(scope, id);

    const { foundation, options, serverArn, serverId, undelivered } = props;
    const types = this.typesOf(props);
    const rotateAfter = options.rotateAfter ?? Duration.days(365);
    const overlap = options.overlap ?? Duration.days(30);
    requireDays(this, 'rotateAfter', rotateAfter, 30, 3650);
    requireDays(this, 'overlap', overlap, 7, 90);

    // The function makes it. CloudFormation would write its own value into one that it made, and what partners were told would be forgotten, with
    // each change of the stack's tags (github.com/aws/aws-cdk/issues/25949). It stays with the server that it is named after.
    this.parameter = ssm.StringParameter.fromStringParameterAttributes(this, 'Parameter', {
      parameterName: `/sftp/${serverId}/host-keys`, simpleName: false, forceDynamicReference: true,
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
        REQUIRE_ACKNOWLEDGEMENT: String(options.requireAcknowledgement ?? true),
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
    runRegularly(this, 'EachDay', DAY, this.handler.function, undelivered, { description: 'Has the host keys rotated when they are due', task: 'watch' });

    this.made = new CustomResource(this, 'Resource', {
      serviceToken: this.handler.function.functionArn,
      resourceType: 'Custom::SftpHostKeys',
      serviceTimeout: Duration.minutes(15),
      properties: { ServerId: serverId, KeyTypes: types.map(({ name }) => name) },
    });
    this.made.node.addDependency(this.handler.role.node.findChild('DefaultPolicy'));
    this.fingerprints = types.map(({ attribute }) => this.made.getAttString(attribute));
    this.watch(props);
  }

  /** Lets `grantee` read the public keys. */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    return this.parameter.grantRead(grantee);
  }

  /** Tells people what they have to do, and when nobody looks after the keys. */
  private watch({ alarms, foundation, serverId }: HostKeysProps): void {
    foundation.notifyOnRule(new events.Rule(this, 'Told', {
      description: 'Host keys of the SFTP server that partners have to be told of',
      eventPattern: {
        source: ['cdk-secure-integrations.sftp'],
        detailType: ['SFTP Host Key Announced', 'SFTP Host Key Active', 'SFTP Host Key Withdrawn'],
        detail: { serverId: [serverId] },
      },
    }));
    alarms.alarm('HostKeyFailure', alarms.ofFunction(this.handler, 'Errors'),
      'the host keys could not be looked after. Read why in the log of their function; the next run is in a day.');
    alarms.alarm('HostKeyComplaint', alarms.outcomes(this.handler, 'HostKeyComplaints', 'complaint'),
      'something is wrong with the host keys. Read in the log of their function what: a key that nobody acknowledged, or one that somebody else imported.');
    alarms.unattended('HostKeysUnattended', alarms.outcomes(this.handler, 'HostKeyRuns', 'healthy', 'complaint').with({ period: DAY }), 2,
      'nobody has looked after the host keys for two days. See whether the rule of their function is enabled.');
  }

  private grant(serverId: string, serverArn: string): void {
    const stack = Stack.of(this);
    this.handler.allow(['transfer:DescribeServer', 'transfer:ImportHostKey', 'transfer:ListHostKeys'], serverArn);
    const keys = stack.formatArn({ service: 'transfer', resource: 'host-key', resourceName: `${serverId}/*` });
    this.handler.allow(['transfer:DeleteHostKey'], keys);
    acknowledgeInPacks(this.handler.role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
      'host keys get their ids when they are imported, and are those of this one server', `Resource::${spelledInPacks(stack, keys)}`);
    this.handler.allow(['ssm:GetParameter', 'ssm:PutParameter'], this.parameter.parameterArn);
    this.handler.allow(['events:PutEvents'], defaultBusArn(this));
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
