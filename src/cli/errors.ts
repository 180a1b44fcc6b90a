/** A file that cannot be what it should be: `path: what is wrong; remedy`. */
export class InputError extends Error {
  constructor(path: string, wrong: string, remedy: string) {
    super(`${path}: ${wrong}; ${remedy}`);
  }
}

/** A command line that makes no sense: what is wrong, and the remedy. */
export class UsageError extends Error {}
