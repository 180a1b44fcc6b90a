/** What an environment is for. */
export enum EnvironmentKind {
  /** Where things are built, with made-up data. */
  DEVELOPMENT = 'development',
  /** Where things are tested, with made-up or masked data. */
  TEST = 'test',
  /** Where the data of the business is. */
  PRODUCTION = 'production',
}
