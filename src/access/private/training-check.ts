import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ACCESS_METRICS } from './access-metrics';
import { allowEvents } from './allow-events';
import { IFoundation } from '../../foundation';
import { HandlerConstruct } from '../../functions/handler-construct';
import { OutcomeAlarms } from '../../functions/outcome-alarms';
import { runRegularly } from '../../functions/run-regularly';
import { DeadLetterQueue } from '../../storage';

const DAY = Duration.days(1);

/** Properties of `TrainingCheck`. */
export interface TrainingCheckProps {
  readonly foundation: IFoundation;
  readonly acceptedPeriods: readonly string[];
  readonly validPeriods: number;
  readonly warnBefore: Duration;
  /** The gate as descriptions name it. */
  readonly name: string;
}

/** Looks each day at whether the deployed list of training periods is still right. */
export class TrainingCheck extends Construct {
  public readonly alarms: cloudwatch.IAlarm[];

  constructor(scope: Construct, id: string, { foundation, acceptedPeriods, validPeriods, warnBefore, name }: TrainingCheckProps) {
    super(scope, id);

    const undelivered = new DeadLetterQueue(this, 'Undelivered', { foundation });
    const handler = new HandlerConstruct(this, 'Handler', {
      foundation,
      bundle: 'access/training-check',
      description: 'Looks at whether the deployed list of training periods is current',
      environment: {
        ACCEPTED_PERIODS: JSON.stringify(acceptedPeriods),
        VALID_PERIODS: String(validPeriods),
        WARN_DAYS: String(warnBefore.toDays()),
        EVENT_BUS_NAME: 'default',
      },
      timeout: Duration.seconds(30),
      reservedConcurrentExecutions: 1,
      undelivered,
    });
    allowEvents(handler);
    runRegularly(this, 'Daily', DAY, handler.function, undelivered, { description: 'Has the list of training periods looked at' });

    const alarms = new OutcomeAlarms(this, 'Alarms', { foundation, namespace: ACCESS_METRICS, name });
    const daily = (metric: cloudwatch.Metric) => metric.with({ period: DAY });
    alarms.alarm('Stale', daily(alarms.outcomes(handler, 'StaleLists', 'stale')),
      'the list of training periods lacks the present one, or has one that is too old or too new. Change acceptedPeriods and deploy.');
    alarms.alarm('EndsSoon', daily(alarms.outcomes(handler, 'EndingLists', 'ends-soon')),
      'a new period begins soon that the list of training periods lacks. Add it to acceptedPeriods and deploy before it begins.');
    alarms.alarm('Failure', alarms.ofFunction(handler, 'Errors'), 'the list of training periods could not be looked at. Read why in the log of the function.');
    alarms.unattended('Unattended', daily(alarms.outcomes(handler, 'Runs', 'checked')), 2,
      'nobody has looked at the list of training periods for two days. See whether the rule of the function is enabled.');
    this.alarms = alarms.alarms;
  }
}
