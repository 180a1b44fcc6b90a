import { Answer, RunningBundle, SeenRequest } from './bundle';

/** A secret that Amazon RDS owns. */
export const RDS_SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-0361984b-970e-AbCdEf';

/** What a watching function is configured with. */
export const WATCH_ENVIRONMENT: Readonly<Record<string, string>> = {
  SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:crm-AbCdEf', MAX_AGE_SECONDS: '864000',
};

const DAY_SECONDS = 24 * 60 * 60;

/** A secret as DescribeSecret tells of it (AWS JSON 1.1, dates in seconds); one that was rotated yesterday, but for `changes`. */
export function described(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const now = Math.floor(Date.now() / 1000);
  return {
    CreatedDate: now - 100 * DAY_SECONDS,
    LastChangedDate: now - DAY_SECONDS,
    LastRotatedDate: now - DAY_SECONDS,
    NextRotationDate: now + 6 * DAY_SECONDS,
    OwningService: 'rds',
    RotationEnabled: true,
    VersionIdsToStages: { one: ['AWSPREVIOUS'], two: ['AWSCURRENT', 'AWSPENDING'] },
    ...changes,
  };
}

/** Serves one secret as Secrets Manager does, to whoever describes it and to nobody who asks for more. */
export function watchCloud(secret: () => Readonly<Record<string, unknown>> = described): (request: SeenRequest) => Answer {
  return ({ headers }) => {
    const known = headers['x-amz-target'] === 'secretsmanager.DescribeSecret';
    return { status: known ? 200 : 500, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(known ? secret() : {}) };
  };
}

/** All that the function can do. */
export async function exerciseWatch(bundle: RunningBundle): Promise<void> {
  await bundle.invoke({ task: 'reconcile' });
}
