/** The name of an error, `ThrottlingException` for example. Messages of services may quote what they were sent. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** Undefined where the service answers with an error of that name. */
export async function unless<T>(name: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (nameOf(error) === name) return undefined;
    throw error;
  }
}
