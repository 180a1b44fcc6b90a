import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AUDIT_METRICS } from './audit-metrics';
import { ACCOUNT_DEFAULTS, AccountDefaultName } from '../../formats/account-defaults';
import { IFoundation, ServiceKeyGrants } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { ConfigurationError, recordLimit } from '../../private';
import { DeadLetterQueue } from '../../storage';
import { AccountDefault } from '../account-default';

const DAY = Duration.days(1);

/** None of these takes a resource (Service Authorization Reference: Amazon EC2, Amazon S3, Amazon Inspector2). */
const SCANNING = ['inspector2:BatchGetAccountStatus', 'inspector2:Enable'];
const ACTIONS: Readonly<Record<AccountDefaultName, readonly string[]>> = {
  'disk-encryption': ['ec2:GetEbsEncryptionByDefault', 'ec2:EnableEbsEncryptionByDefault'],
  'function-code-scanning': SCANNING,
  'function-scanning': SCANNING,
  'public-access-block': ['s3:GetAccountPublicAccessBlock', 's3:PutAccountPublicAccessBlock'],
};
const KEY_ACTIONS = ['ec2:GetEbsDefaultKmsKeyId', 'ec2:ModifyEbsDefaultKmsKeyId'];

/** Properties of `AccountDefaults`. */
export interface AccountDefaultsProps {
  readonly foundation: IFoundation;
  readonly defaults: readonly AccountDefault[];
}

/** Turns settings of the account on at deployments, and looks each day whether they still are. */
export class AccountDefaults extends Construct {
  public readonly handler: HandlerConstruct;

  constructor(scope: Construct, id: string, { foundation, defaults }: AccountDefaultsProps) {
    super(scope, id);

    const named = defaults.flatMap((each) => each._names());
    const names = ACCOUNT_DEFAULTS.filter((name) => named.includes(name));
    if (names.length < named.length) {
      throw new ConfigurationError(scope, `'accountDefaults' must name each setting once, got ${named.join(', ')}; leave out what is there twice`);
    }
    const key = defaults.map((each) => each._diskKey()).find((each) => each !== undefined);
    if (key) ServiceKeyGrants.of(key).ebs();

    const undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    this.handler = new HandlerConstruct(this, 'Handler', {
      foundation,
      bundle: 'audit/account-defaults',
      description: 'Turns defaults of the account on, and looks whether they are',
      environment: {
        ACCOUNT_ID: Stack.of(this).account,
        DEFAULTS: JSON.stringify(names),
        ...key && { DISK_KEY_ARN: key.keyArn },
      },
      timeout: Duration.minutes(5),
      // Two at once would write what one of them has written.
      reservedConcurrentExecutions: 1,
      undelivered,
      namesNoResource: 'settings of an account are no resource',
    });
    this.handler.allow([...new Set([...names.flatMap((name) => ACTIONS[name]), ...key ? KEY_ACTIONS : []])], '*');
    if (names.includes('function-scanning')) this.allowScanning();

    const made = new CustomResource(this, 'Resource', {
      serviceToken: this.handler.function.functionArn,
      resourceType: 'Custom::AccountDefaults',
      // Longer than the function may take, twice over: Lambda tries again when it is stopped by its time.
      serviceTimeout: Duration.minutes(15),
      properties: { Defaults: names, ...key && { DiskKeyArn: key.keyArn } },
    });
    // What it may do must hold before it is asked, and as long as it is.
    made.node.addDependency(this.handler.role.node.findChild('DefaultPolicy'));
    runRegularly(this, 'EachDay', DAY, this.handler.function, undelivered, { description: 'Has defaults of the account looked at', task: 'watch' });
    this.watch(foundation, names);
  }

  /** Whoever has Inspector enabled first makes its service-linked role (Amazon Inspector User Guide, "Using service-linked roles"). */
  private allowScanning(): void {
    const { account, partition } = Stack.of(this);
    this.handler.role.addToPrincipalPolicy(new iam.PolicyStatement({
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/inspector2.amazonaws.com/AWSServiceRoleForAmazonInspector2`],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'inspector2.amazonaws.com' } },
    }));
  }

  private watch(foundation: IFoundation, names: readonly AccountDefaultName[]): void {
    const alarms = new OutcomeAlarms(this, 'Alarms', { foundation, namespace: AUDIT_METRICS, name: this.node.path });
    const { handler } = this;
    alarms.alarm('Off', alarms.outcomes(handler, 'DefaultsOff', 'off').with({ period: DAY }),
      'a default of the account is off that was on. Read in the log of the function which, and in the trail who turned it off; to have it on again, invoke '
      + 'the function with {"task":"apply"}.');
    alarms.alarm('Failure', alarms.ofFunction(handler, 'Errors'), 'defaults of the account could not be looked at. Read why in the log of the function.');
    alarms.unattended('Unattended', alarms.outcomes(handler, 'DefaultsRuns', 'watched').with({ period: DAY }), 2,
      'nobody has looked at the defaults of the account for two days. See whether the rule of the function is enabled.');
    if (!names.includes('function-scanning')) return;
    // Amazon Inspector User Guide, "Scanning AWS Lambda functions with Amazon Inspector" (note).
    recordLimit(this, 'ACCOUNT-BASELINE', 'functions that a customer-managed key encrypts are not scanned, since Amazon Inspector supports none; '
      + 'whoever builds them has to look for known vulnerabilities in their packages');
    foundation.notifyOnRule(new events.Rule(this, 'Vulnerable', {
      description: 'High and critical findings of Amazon Inspector in functions',
      // Amazon Inspector User Guide, "Amazon EventBridge event schema for Amazon Inspector events".
      eventPattern: {
        source: ['aws.inspector2'],
        detailType: ['Inspector2 Finding'],
        detail: { severity: ['HIGH', 'CRITICAL'], status: ['ACTIVE'], resources: { type: ['AWS_LAMBDA_FUNCTION'] } },
      },
    }));
  }
}
