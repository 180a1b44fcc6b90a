import { Duration, Names, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ACCESS_EVENTS, ACCESS_METRICS } from './access-metrics';
import { allowEvents } from './allow-events';
import { armingBoundary, armingStatements } from './arming-statements';
import { ARMING_FUNCTION, ARMING_PATH } from './role-path';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { acknowledgeInPacks } from '../../private';
import { spelledInPacks } from '../../private/nag-spelling';
import { DeadLetterQueue } from '../../storage';

const FIVE_MINUTES = Duration.minutes(5);

/** Properties of `ArmingFunction`. */
export interface ArmingFunctionProps {
  readonly foundation: IFoundation;
  readonly role: iam.Role;
  /** Inline policies that the role is deployed with. */
  readonly ownPolicies: readonly string[];
  readonly roleBoundary: iam.IManagedPolicy;
  readonly armerRole: iam.IRole;
  readonly parameter: ssm.IStringParameter;
  readonly longest: Duration;
  readonly reviewWithin: Duration;
  /** The role as descriptions name it. */
  readonly name: string;
}

/** Makes of the arming parameter what the role may do, tells people, and has each arming reviewed. */
export class ArmingFunction extends Construct {
  public readonly handler: HandlerConstruct;
  public readonly alarms: cloudwatch.IAlarm[];
  /** The rules without which nobody would hear, or nothing would be taken back. */
  public readonly rules: events.Rule[];
  private readonly undelivered: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: ArmingFunctionProps) {
    super(scope, id);

    const { foundation, role, ownPolicies, armerRole, parameter, longest, reviewWithin } = props;
    this.undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    this.handler = new HandlerConstruct(this, 'Handler', {
      foundation,
      bundle: 'access/break-glass',
      description: 'Arms emergency access for one person, and takes it back',
      environment: {
        ACCOUNT_ID: Stack.of(this).account,
        ROLE_NAME: role.roleName,
        OWN_POLICIES: JSON.stringify(ownPolicies),
        ARMER_ROLE: armerRole.roleName,
        PARAMETER_NAME: parameter.parameterName,
        LONGEST_MINUTES: String(longest.toMinutes()),
        REVIEW_HOURS: String(reviewWithin.toHours()),
        EVENT_BUS_NAME: 'default',
      },
      timeout: Duration.minutes(2),
      // Two at once could tell of one arming twice.
      reservedConcurrentExecutions: 1,
      undelivered: this.undelivered,
      namesNoResource: 'Systems Manager opens and searches OpsItems',
    });
    this.grant(props);
    runRegularly(this, 'Regularly', FIVE_MINUTES, this.handler.function, this.undelivered, {
      description: 'Has emergency access taken back, and made up for events that were lost',
    });
    this.rules = [this.onChange(parameter), ...this.tellPeople(props), this.node.findChild('Regularly') as events.Rule];
    this.alarms = this.watch(props);
  }

  private grant({ role, roleBoundary, parameter }: ArmingFunctionProps): void {
    const opsItems = Stack.of(this).formatArn({ service: 'ssm', resource: 'opsitem', resourceName: '*' });
    const place = { roleArn: role.roleArn, parameterArn: parameter.parameterArn, opsItems, boundaryArn: roleBoundary.managedPolicyArn };
    for (const statement of armingStatements(place)) this.handler.role.addToPrincipalPolicy(statement);
    allowEvents(this.handler);
    acknowledgeInPacks(this.handler.role.node.findChild('DefaultPolicy'), 'IAMNoWildcardPermissions',
      'OpsItems get their ids when they are opened', `Resource::${spelledInPacks(Stack.of(this), opsItems)}`);

    const boundary = new iam.ManagedPolicy(this, 'Boundary', {
      description: 'Bounds the function that arms emergency access; grants nothing and is attached to nobody',
      path: '/access/',
      statements: armingBoundary(place),
    });
    acknowledgeInPacks(boundary, 'IAMNoWildcardPermissions',
      'the policy is a permissions boundary, which grants nothing: the policies of the function name what it may use', 'Resource::*');
    (this.handler.role.node.defaultChild as iam.CfnRole).path = ARMING_PATH;
    (this.handler.function.node.defaultChild as lambda.CfnFunction).functionName =
      `${ARMING_FUNCTION}${Names.uniqueResourceName(this, { maxLength: 64 - ARMING_FUNCTION.length, separator: '-' })}`;
    // The nearest stays: one that is applied to a whole app would leave roles of emergencies to nobody.
    iam.PermissionsBoundary.of(this.handler.role).apply(boundary);
  }

  /** Calls the function as soon as somebody wrote the parameter. Its own labels are no change of it (AWS Systems Manager User Guide, "Parameter Store events"). */
  private onChange(parameter: ssm.IStringParameter): events.Rule {
    const { function: handler } = this.handler;
    const rule = new events.Rule(this, 'Written', {
      description: 'Tells the function that somebody armed emergency access, or disarmed it',
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['Parameter Store Change'],
        detail: { name: [parameter.parameterName], operation: ['Create', 'Update', 'Delete'] },
      },
    });
    rule.addTarget({
      bind: () => ({ arn: handler.functionArn, deadLetterConfig: { arn: this.undelivered.queue.queueArn }, targetResource: handler }),
    });
    this.undelivered.receiveFailuresOf(rule);
    handler.addPermission('Written', { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
    return rule;
  }

  private tellPeople({ foundation, role }: ArmingFunctionProps): events.Rule[] {
    const armed = new events.Rule(this, 'Armed', {
      description: 'Tells people that emergency access was armed, or refused',
      eventPattern: {
        source: [ACCESS_EVENTS], detailType: ['Break Glass Armed', 'Break Glass Refused'], detail: { role: [role.roleName] },
      },
    });
    foundation.notifyOnRule(armed);

    const used = new events.Rule(this, 'Used', {
      description: 'Tells people that somebody took on emergency access',
      eventPattern: {
        source: ['aws.sts'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventSource: ['sts.amazonaws.com'],
          eventName: ['AssumeRole', 'AssumeRoleWithSAML'],
          requestParameters: { roleArn: [role.roleArn] },
        },
      },
    });
    // The event has the credentials' session token.
    foundation.notifyOnRule(used, events.RuleTargetInput.fromText([
      `Emergency access is taken on: ${events.EventField.fromPath('$.detail.requestParameters.roleArn')}`,
      `as ${events.EventField.fromPath('$.detail.requestParameters.roleSessionName')}`,
      `from ${events.EventField.fromPath('$.detail.sourceIPAddress')} at ${events.EventField.fromPath('$.detail.eventTime')},`,
      `event ${events.EventField.fromPath('$.detail.eventID')} of the trail`,
    ].join(' ')));
    return [armed, used];
  }

  private watch({ foundation, name }: ArmingFunctionProps): cloudwatch.IAlarm[] {
    const { handler } = this;
    const alarms = new OutcomeAlarms(this, 'Alarms', { foundation, namespace: ACCESS_METRICS, name });
    alarms.alarm('ReviewOverdue', alarms.outcomes(handler, 'ReviewsOverdue', 'review-overdue'),
      'emergency access was armed, or tried to be, and nobody else has reviewed it in time. Resolve its OpsItem once it was looked at.');
    alarms.alarm('ReviewReopened', alarms.outcomes(handler, 'ReviewsReopened', 'review-reopened'),
      'a review was resolved by who armed the access or had it. Have somebody else look at it: its OpsItem was opened again.');
    alarms.alarm('Tampering', alarms.outcomes(handler, 'Tamperings', 'tampering'),
      'somebody changed the role of emergencies, or its parameter, other than by arming. Read in the log of the function what, and in the trail who.');
    alarms.alarm('Failure', alarms.ofFunction(handler, 'Errors'),
      'emergency access could not be looked after; what was armed ends by itself. Read why in the log of the function.');
    alarms.unattended('Unattended', alarms.outcomes(handler, 'Runs', 'watched'), 3,
      'nobody has looked after emergency access for a quarter of an hour, so that it cannot be armed. See whether the rule of the function is enabled.');
    return alarms.alarms;
  }
}
