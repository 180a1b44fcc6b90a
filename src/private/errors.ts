import { IConstruct } from 'constructs';

/** Wrong use of the library, found at synthesis. The message starts with the path of the construct. */
export class ConfigurationError extends Error {
  /** `message` reads "'prop' must be <rule>, got <value>; <remedy>". */
  constructor(scope: IConstruct, message: string) {
    super(`[${scope.node.path}] ${message}`);
    this.name = 'ConfigurationError';
  }
}
