import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Target } from './target';
import { unless } from '../../shared/error-name';

/**
 * A state machine. `dedupeId` names the execution: for 90 days a standard workflow starts no second one of that name (AWS Step Functions API
 * Reference, "StartExecution"). An express workflow does.
 */
export function stepFunctionsTarget(client: Pick<SFNClient, 'send'>, stateMachineArn: string): Target {
  return {
    async publish(event) {
      const started = client.send(new StartExecutionCommand({ stateMachineArn, name: event.dedupeId, input: JSON.stringify(event) }));
      await unless('ExecutionAlreadyExists', started);
    },
  };
}
