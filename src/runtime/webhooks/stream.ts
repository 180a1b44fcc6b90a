import { dispatch, DispatchPorts, DispatchSettings } from './dispatch';

/** What the stream of the table hands over, as far as it matters here: keys alone, since the claim reads the record anyway. */
export interface StreamEvent {
  readonly Records: ReadonlyArray<{ readonly eventName?: string; readonly dynamodb?: { readonly Keys?: { readonly id?: { readonly S?: string } } } }>;
}

/**
 * Builds the handler of the stream: dispatches each new record, side by side.
 *
 * It never fails for a record, which would hold up those behind it: what does not get through is left to the sweeper. A batch that is given
 * again does nothing for records that were dispatched.
 */
export function onStream(settings: DispatchSettings, ports: DispatchPorts) {
  return async ({ Records }: StreamEvent): Promise<void> => {
    const added = Records.filter(({ eventName }) => eventName === 'INSERT').map(({ dynamodb }) => dynamodb?.Keys?.id?.S);
    await Promise.all(added.filter((id) => id !== undefined).map((id) => dispatch(id, settings, ports)));
  };
}
