import { nameOf } from './error-name';

/** Properties of a resource, as a template has them; CloudFormation makes text of numbers and booleans. */
export type Properties = Readonly<Record<string, unknown>>;

/** What CloudFormation asks for (User Guide, "Custom resource request objects"). */
export interface CustomResourceEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Whoever has it can answer in the function's place: never in a log, never in an error. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Properties;
}

/** What a resource is asked to do. */
export interface Change {
  readonly properties: Properties;
  /** The resource's id; of a creation the one that `idOf` gave. */
  readonly id: string;
  /** Of an update the id that the resource had before. */
  readonly previous?: string;
  /** Stands for this resource of this stack, and for no other. */
  readonly owner: string;
}

/** A kind of resource. Each member may be called again for the same request, and after a creation that failed half way. */
export interface CustomResource {
  /** Names what the properties describe. With another name than before, CloudFormation takes an update for a replacement, and deletes the old one. */
  idOf(properties: Properties, owner: string): string;
  /** Creates or updates; resolves with attributes for `Fn::GetAtt`, none of them secret, of 3 KB at most. */
  put(change: Change): Promise<Readonly<Record<string, string>>>;
  /** Deletes what this resource made, if it is there. */
  remove(change: Change): Promise<void>;
}

export interface CustomResourcePorts {
  /** Answers at the presigned URL; rejects unless the answer was taken. */
  readonly answer: (url: string, body: string) => Promise<void>;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

/** What AWS Lambda tells a function about itself. */
export interface LambdaContext { getRemainingTimeInMillis(): number }

/** Why a resource cannot be as the template has it: text for whoever deploys, so without anything secret. */
export class ResourceFailure extends Error {
  public override readonly name = 'ResourceFailure';
}

/** The last part of a function's time, in which it answers: three attempts of `answerPresigned` and their pauses. */
const ANSWER_MILLISECONDS = 12_000;

/** Ids of what could not be created; there is nothing to delete. 1 KB is what an id may have ("Custom resource response objects"). */
const NOT_CREATED = 'not-created:';

/** The whole answer may have 4096 bytes ("Custom resource response objects"). */
const MAX_REASON_CHARACTERS = 1000;

/** Whether an event is of a custom resource, and not of somebody who invokes the function. */
export function isCustomResourceEvent(event: unknown): event is CustomResourceEvent {
  const { RequestType: type, ResourceProperties: properties, ...texts } = Object(event ?? {}) as Readonly<Record<string, unknown>>;
  const required = ['ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'] as const;
  return (type === 'Create' || type === 'Update' || type === 'Delete') && typeof properties === 'object' && properties !== null
    && required.every((name) => typeof texts[name] === 'string')
    && (type === 'Create' || typeof texts.PhysicalResourceId === 'string');
}

/**
 * Builds what answers CloudFormation, whatever happens: a stack that hears nothing waits for an hour.
 *
 * Any error becomes `FAILED`, with the message of a `ResourceFailure` and with the name alone of everything else, as does work that is not done
 * when the time to answer has come. An answer that is not taken throws, so that Lambda, which CloudFormation has call without waiting, calls
 * again. The function's timeout must be 30 seconds at least.
 */
export function customResource(resource: CustomResource, { answer, log }: CustomResourcePorts) {
  return async (event: CustomResourceEvent, context: LambdaContext): Promise<void> => {
    const { RequestType, StackId, RequestId, LogicalResourceId, PhysicalResourceId } = event;
    const outcome = await withinTime(outcomeOf(resource, event), context.getRemainingTimeInMillis() - ANSWER_MILLISECONDS, event);
    log({
      outcome: outcome.Status === 'SUCCESS' ? 'deployed' : 'not-deployed',
      request: RequestType,
      resource: LogicalResourceId,
      ...outcome.Reason === undefined ? {} : { reason: outcome.Reason },
    });
    // Of a resource that exists the id is told as it is, also when an update fails: another one would have it deleted.
    const id = outcome.Status === 'FAILED' ? PhysicalResourceId ?? outcome.PhysicalResourceId : outcome.PhysicalResourceId;
    await answer(event.ResponseURL, JSON.stringify({ ...outcome, PhysicalResourceId: id, StackId, RequestId, LogicalResourceId }));
  };
}

interface Outcome {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

async function outcomeOf(resource: CustomResource, event: CustomResourceEvent): Promise<Outcome> {
  const { RequestType, ResourceProperties: properties, PhysicalResourceId: known } = event;
  const owner = `${event.StackId}#${event.LogicalResourceId}`;
  let id = known ?? `${NOT_CREATED}${event.RequestId}`;
  try {
    if (RequestType === 'Delete') {
      if (!id.startsWith(NOT_CREATED)) await resource.remove({ properties, id, owner });
      return { Status: 'SUCCESS', PhysicalResourceId: id };
    }
    id = resource.idOf(properties, owner);
    return { Status: 'SUCCESS', PhysicalResourceId: id, Data: await resource.put({ properties, id, owner, ...known !== undefined && { previous: known } }) };
  } catch (error) {
    // Messages of services may quote what they were sent.
    const reason = error instanceof ResourceFailure ? error.message : `${nameOf(error)}; the log of the function says when`;
    return failed(reason, id);
  }
}

/** The outcome, or a failure once that time is over. */
async function withinTime(work: Promise<Outcome>, milliseconds: number, { PhysicalResourceId, RequestId }: CustomResourceEvent): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve(failed('the function ran out of time; deploy again', PhysicalResourceId ?? `${NOT_CREATED}${RequestId}`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(reason: string, id: string): Outcome {
  return { Status: 'FAILED', Reason: reason.slice(0, MAX_REASON_CHARACTERS), PhysicalResourceId: id };
}
