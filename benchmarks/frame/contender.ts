import { App } from 'aws-cdk-lib';

/** A way to build the same APIs. A file of `contenders/` exports one as `contender`; the file's name is its name. */
export interface Contender {
  /** As tables name it. */
  readonly title: string;

  /** Whether it must synthesize as many resources of each type as the contender that all are compared with. */
  readonly sameResources: boolean;

  /** Adds the APIs, and whatever they need, to an app. */
  build(app: App, apis: number): void;
}
