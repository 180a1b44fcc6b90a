import { CfnResource, Mixin } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { amended, guardAgainstUndoing, rendersTo, Untold, valueAt } from '../../private';
import { HTTP_ACCESS_LOG_FORMAT, REST_ACCESS_LOG_FORMAT } from '../private/access-log-format';

type Stage = apigateway.CfnStage | apigatewayv2.CfnStage;

/** The access log of a stage, which both versions of API Gateway write alike. */
type AccessLog = apigateway.CfnStage.AccessLogSettingProperty;

const MIXIN = 'api.mixins.StageAccessLog';

/**
 * Logs every request to a stage as JSON, without secrets. Applies controls `API-ACCESS-LOG`, `API-LOG-FORMAT` and `API-LOG-REDACTION`.
 *
 * A REST stage writes the log with the role that the account has for it (`apigateway.CfnAccount`). Requests to the stage are billed as log
 * events.
 *
 * @example
 * Mixins.of(this).apply(new api.mixins.StageAccessLog(new storage.EncryptedLogGroup(this, 'Requests').logGroup));
 */
export class StageAccessLog extends Mixin {
  /** @param logGroup where the requests are logged; of the same region as the stage */
  constructor(private readonly logGroup: logs.ILogGroup) {
    super();
  }

  public supports(construct: IConstruct): construct is Stage {
    return isStage(construct);
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    amendAccessLog(construct, Untold.REPLACE, () => ({ destinationArn: this.logGroup.logGroupArn, format: formatOf(construct) }));
    guardAgainstUndoing(construct, {
      control: 'API-ACCESS-LOG',
      mixin: MIXIN,
      demand: `'${propertyOf(construct)}.DestinationArn' must be the log group`,
      holds: ({ Properties }) => rendersTo(construct, valueAt(Properties, `${propertyOf(construct)}.DestinationArn`), this.logGroup.logGroupArn),
    });
    guardFormat(construct, MIXIN);
  }
}

/**
 * Gives the access log that a stage has a JSON format without secrets. Applies controls `API-LOG-FORMAT` and `API-LOG-REDACTION`.
 *
 * The format replaces the one that is there. A stage that has no access log when the mixin is applied stays without one.
 */
export class StageAccessLogFormat extends Mixin {
  public supports(construct: IConstruct): construct is Stage {
    return isStage(construct) && accessLogOf(construct) !== undefined;
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    amendAccessLog(construct, Untold.KEEP, (accessLog) => ({ ...accessLog, format: formatOf(construct) }));
    guardFormat(construct, 'api.mixins.StageAccessLogFormat');
  }
}

function isStage(construct: IConstruct): construct is Stage {
  return apigateway.CfnStage.isCfnStage(construct) || apigatewayv2.CfnStage.isCfnStage(construct);
}

function isRest(stage: Stage): stage is apigateway.CfnStage {
  return apigateway.CfnStage.isCfnStage(stage);
}

function accessLogOf(stage: Stage): apigateway.CfnStage['accessLogSetting'] {
  return isRest(stage) ? stage.accessLogSetting : stage.accessLogSettings;
}

function propertyOf(stage: Stage): string {
  return isRest(stage) ? 'AccessLogSetting' : 'AccessLogSettings';
}

function formatOf(stage: Stage): string {
  return isRest(stage) ? REST_ACCESS_LOG_FORMAT : HTTP_ACCESS_LOG_FORMAT;
}

function amendAccessLog(stage: Stage, untold: Untold, change: (accessLog: AccessLog | undefined) => AccessLog): void {
  const changed = amended<AccessLog>(accessLogOf(stage), change, untold);
  if (isRest(stage)) stage.accessLogSetting = changed;
  else stage.accessLogSettings = changed;
}

function guardFormat(stage: Stage & CfnResource, mixin: string): void {
  for (const control of ['API-LOG-FORMAT', 'API-LOG-REDACTION']) {
    guardAgainstUndoing(stage, {
      control,
      mixin,
      demand: `'${propertyOf(stage)}.Format' must be what the mixin set`,
      holds: ({ Properties }) => valueAt(Properties, `${propertyOf(stage)}.Format`) === formatOf(stage),
    });
  }
}
