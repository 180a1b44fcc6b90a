import { ClientConsumer, Consumer, KeyConsumer, tryParseConsumer } from './consumer';

/** A stage variable that should describe a consumer and does not, or describes the same one as another. */
export class UnusableConsumer extends Error {
  public override readonly name = 'UnusableConsumer';

  constructor(public readonly variable: string) {
    super(`the stage variable ${variable} must describe a consumer, and no other may describe the same one`);
  }
}

/** Variables of the stage, as API Gateway hands them over. */
type StageVariables = Readonly<Record<string, unknown>> | null | undefined;

interface Found<C> { readonly variable: string; readonly consumer: C }

/** The consumer that holds a scoped key; undefined if the stage has none. @throws UnusableConsumer */
export function tryKeyConsumer(variables: StageVariables, holder: string): KeyConsumer | undefined {
  return only(consumersOf(variables).filter((found): found is Found<KeyConsumer> => 'holder' in found.consumer && found.consumer.holder === holder));
}

/** The consumer that is a client of an issuer; undefined if the stage has none. @throws UnusableConsumer */
export function tryClientConsumer(variables: StageVariables, issuer: string, client: string): ClientConsumer | undefined {
  return only(consumersOf(variables).filter((found): found is Found<ClientConsumer> =>
    'client' in found.consumer && found.consumer.issuer === issuer && found.consumer.client === client));
}

/** All consumers of the stage. One that cannot be read is an error for every caller, since it may be the one that is asked for. */
function consumersOf(variables: StageVariables): ReadonlyArray<Found<Consumer>> {
  return Object.entries(variables ?? {}).filter(([variable]) => variable.startsWith('consumer_')).map(([variable, text]) => {
    const consumer = typeof text === 'string' ? tryParseConsumer(text) : undefined;
    if (!consumer) throw new UnusableConsumer(variable);
    return { variable, consumer };
  });
}

function only<C>([found, another]: ReadonlyArray<Found<C>>): C | undefined {
  if (another) throw new UnusableConsumer(another.variable);
  return found?.consumer;
}
