import { schedulesOf } from './secrets';
import { cannotTell, compliant, Rule, violation } from '../rule';
import { describe, Value } from '../values';

/** What carries out the rotation: a function, one that the transform of Secrets Manager makes, or the provider of a managed external secret. */
const WAYS = ['RotationLambdaARN', 'HostedRotationLambda', 'ExternalSecretRotationRoleArn'];

/** Checks `SECRET-ROTATION`. */
export const secretRotation: Rule = {
  control: 'SECRET-ROTATION',
  check(secret, graph) {
    const { schedules, untold } = schedulesOf(secret, graph);
    if (schedules.length === 0) {
      return untold
        ? cannotTell('UnresolvedSecret', 'a rotation schedule may be for the secret, the template does not tell')
        : violation('NoSchedule', 'no rotation schedule is for the secret');
    }
    return schedules.map((schedule) => {
      const way = WAYS.find((each) => isGiven(schedule.properties[each]));
      return way === undefined
        ? violation('NoFunction', `${schedule.logicalId} names no function that rotates the secret`)
        : compliant(`${schedule.logicalId} rotates it by ${way === 'RotationLambdaARN' ? describe(schedule.properties[way]) : way}`);
    });
  },
};

function isGiven(value: Value): boolean {
  return value !== undefined && value !== null && value !== '';
}
