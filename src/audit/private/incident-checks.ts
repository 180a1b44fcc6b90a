import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConfigurationError, requireMatch } from '../../private';
import { EscalationLevel, IncidentIntakeProps, MailReports } from '../incident-intake-props';

/** What a function has for all its variables, less what the others need (AWS Lambda Developer Guide, "Lambda quotas"). */
const MAX_BYTES = 3000;

/** Those of a clock have to fit there, too: each level has the ARN of a topic. */
const MAX_LEVELS = 8;
const MAX_WARNINGS = 20;

const MAX_WARNING = Duration.days(60);

/** Refuses an intake that would page nobody, or at no time. */
export function requireIntake(scope: Construct, { api, regimes, path, mail, responders, reporters = api._authorization }: IncidentIntakeProps): void {
  if (regimes.length === 0) {
    throw new ConfigurationError(scope, "'regimes' must name at least one, got none; take IncidentRegime.own for a policy of your own");
  }
  const names = regimes.map((regime) => regime._name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new ConfigurationError(scope, `'regimes' must name each once, got '${twice}' twice; remove one`);
  if (path !== undefined) {
    requireMatch(scope, 'path', path, /^(\/[A-Za-z0-9._~-]+)+$/, 'a path from the root on, without parameters', "write for example '/incidents'");
  }
  if (mail) requireMail(scope, mail);
  const shared = reporters && responders._sharedScope(reporters);
  if (shared !== undefined) {
    throw new ConfigurationError(scope,
      `'responders' must need a scope that reporters do not have, got '${shared}' for both; else all staff would read incidents and end their pages`);
  }
}

/** Refuses regimes and domains that do not fit a function's variables. */
export function requireRoom(scope: Construct, regimes: string, senderDomains: readonly string[] = []): void {
  const bytes = Buffer.byteLength(regimes + JSON.stringify(senderDomains));
  if (bytes <= MAX_BYTES) return;
  throw new ConfigurationError(scope,
    `'regimes' and 'senderDomains' must have at most ${MAX_BYTES} bytes as JSON, got ${bytes}; those of IncidentRegime.own count in full: shorten their texts`);
}

/** Refuses levels that are not one after the other. */
export function requireLevels(scope: Construct, levels: readonly EscalationLevel[]): void {
  if (levels.length === 0) throw new ConfigurationError(scope, "'escalation' must have at least one level, got none; leave it out for the alert topic");
  if (levels.length > MAX_LEVELS) {
    throw new ConfigurationError(scope, `'escalation' must have at most ${MAX_LEVELS} levels, got ${levels.length}; the last one is told again and again by itself`);
  }
  const fifo = levels.findIndex(({ topic }) => topic.fifo);
  if (fifo >= 0) {
    throw new ConfigurationError(scope, `'topic' of level ${fifo + 1} must be a standard topic, got a FIFO topic; people cannot subscribe to one`);
  }
  const minutes = levels.map(({ after }) => after.toMinutes({ integral: false }));
  minutes.forEach((after, index) => {
    if (Number.isInteger(after) && after <= 10_080 && (index === 0 || after > minutes[index - 1])) return;
    throw new ConfigurationError(scope,
      `'after' of level ${index + 1} must be in whole minutes, later than that of the level before and within a week, got ${after}; correct it`);
  });
}

/** Refuses times that the clock cannot keep. */
export function requireTimes(scope: Construct, repeatEvery: Duration, warnBefore: readonly Duration[]): void {
  const repeat = repeatEvery.toMinutes({ integral: false });
  if (!Number.isInteger(repeat) || repeat < 5 || repeat > 1440) {
    throw new ConfigurationError(scope, `'repeatEvery' must be from 5 to 1440 whole minutes, got ${repeat}; choose a number in that range`);
  }
  if (warnBefore.length > MAX_WARNINGS) {
    throw new ConfigurationError(scope, `'warnBefore' must name at most ${MAX_WARNINGS} times, got ${warnBefore.length}; warn more seldom`);
  }
  for (const before of warnBefore) {
    const minutes = before.toMinutes({ integral: false });
    if (Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_WARNING.toMinutes()) continue;
    throw new ConfigurationError(scope, `'warnBefore' must be of whole minutes, up to 60 days, got ${minutes} minutes; choose durations in that range`);
  }
}

function requireMail(scope: Construct, { recipients, senderDomains }: MailReports): void {
  if (recipients.length === 0) throw new ConfigurationError(scope, "'recipients' must name at least one, got none; without any, SES would take all mail of the account");
  for (const address of recipients) {
    requireMatch(scope, 'recipients', address, /^[^\s@]+@[^\s@]+$/, 'e-mail addresses', "write for example 'incidents@report.example.com'");
  }
  if (senderDomains.length === 0) {
    throw new ConfigurationError(scope, "'senderDomains' must name at least one, got none; name the domain that staff write from");
  }
  for (const domain of senderDomains) {
    requireMatch(scope, 'senderDomains', domain, /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/, 'domains in lower case', "write for example 'example.com'");
  }
}
