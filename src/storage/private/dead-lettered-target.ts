import * as events from 'aws-cdk-lib/aws-events';
import { DeadLetterQueue } from '../dead-letter-queue';

/** A rule target that has a dead-letter queue: its own, or else the one given. */
export class DeadLetteredTarget implements events.IRuleTarget {
  constructor(private readonly target: events.IRuleTarget, private readonly fallback: () => DeadLetterQueue) {}

  public bind(rule: events.IRule, id?: string): events.RuleTargetConfig {
    const config = this.target.bind(rule, id);
    if (config.deadLetterConfig) return config;

    const failures = this.fallback();
    failures.receiveFailuresOf(rule);
    return { ...config, deadLetterConfig: { arn: failures.queue.queueArn } };
  }
}
