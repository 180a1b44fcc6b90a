import { App } from 'aws-cdk-lib';

/** Synthesizes an app, whether or not a pack has findings, and tells whether one made it fail. What the CDK writes to the console is dropped. */
export function synthFails(app: App): boolean {
  const silenced = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    app.synth();
    return false;
  } catch {
    return true;
  } finally {
    silenced.mockRestore();
  }
}
