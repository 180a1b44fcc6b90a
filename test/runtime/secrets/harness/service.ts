/** What an operation of a service was sent. */
export type Input = Readonly<Record<string, unknown>>;

/** An error that a service answers with. */
export class ServiceError extends Error {
  constructor(name: string, message = 'said the service') {
    super(message);
    this.name = name;
  }
}

/** One call of a client of the SDK. */
export interface Call { readonly operation: string; readonly input: Input }

/** What JSON makes of a buffer. */
const isBytes = (value: unknown): value is { readonly data: number[] } => Object(value).type === 'Buffer';

/** A client of the SDK whose calls go to `answer`; bytes are base64, as they are on the wire. */
export function clientOf<C extends { send: unknown }>(answer: (call: Call) => Promise<unknown>): Pick<C, 'send'> {
  const send = (command: { readonly constructor: { readonly name: string }; readonly input: Input }) => answer({
    operation: command.constructor.name.replace(/Command$/, ''),
    input: JSON.parse(JSON.stringify(command.input, (_name, value: unknown) => isBytes(value) ? Buffer.from(value.data).toString('base64') : value)) as Input,
  });
  return { send } as unknown as Pick<C, 'send'>;
}

/** Copies an answer with its dates, which the fakes keep as milliseconds, and its bytes, which they keep as base64, as the SDK gives them. */
export function withDates(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, inner: unknown) => {
    if (name === 'Mac') return Buffer.from(String(inner), 'base64');
    return /[dD]ate$/.test(name) && typeof inner === 'number' ? new Date(inner) : inner;
  });
}
