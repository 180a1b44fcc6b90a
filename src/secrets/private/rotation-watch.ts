import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { createAttendant, runHourly } from './attendant';
import { RotationAlarms } from './rotation-alarms';
import { maxAgeSeconds } from './times';
import { IFoundation } from '../../foundation';

/** Properties of a watch. */
export interface WatchProps {
  readonly foundation: IFoundation;
  readonly secret: secretsmanager.ISecret;
  readonly rotateEvery: Duration;
  /** Id of the AWS service that owns the secret; absent for a secret of the account's own. */
  readonly owningService?: string;
  /** Whether the deployment puts a placeholder, for which somebody has to put the credential. */
  readonly startsWithPlaceholder?: boolean;
}

/** Watches the rotation of a secret that no function of the library rotates. The function may describe that one secret, and never reads it. */
export function watchRotation(scope: Construct, props: WatchProps): lambda.Function {
  const { foundation, owningService, rotateEvery, secret, startsWithPlaceholder } = props;
  const attendant = createAttendant(scope, {
    foundation,
    bundle: 'rotation-watch',
    description: 'Watches each hour how one secret is rotated',
    roleDescription: 'Role of a function that watches one secret',
    environment: {
      SECRET_ARN: secret.secretArn,
      MAX_AGE_SECONDS: String(maxAgeSeconds(rotateEvery)),
      ...owningService === undefined ? {} : { OWNING_SERVICE: owningService },
      ...startsWithPlaceholder ? { STARTS_WITH_PLACEHOLDER: 'true' } : {},
    },
    reservedConcurrentExecutions: 1,
    statements: [],
    grant: (role) => iam.Grant.addToPrincipal({ grantee: role, actions: ['secretsmanager:DescribeSecret'], resourceArns: [secret.secretArn] }),
  });
  runHourly(scope, attendant, 'Has the rotation of a secret watched');
  new RotationAlarms(scope, 'Alarms', {
    foundation, function: attendant.function, logGroup: attendant.log.logGroup, name: scope.node.path, rotatedBy: 'others',
  });
  return attendant.function;
}
