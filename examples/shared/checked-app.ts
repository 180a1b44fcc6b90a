import { App, AppProps } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { policy } from '../../src';

/** The day on which the examples judge their waivers, so that they say the same on every day; an app of yours leaves `asOf` out. */
export const AS_OF = '2026-11-24';

/** An app under this library's policy and all six packs of cdk-nag. */
export function checkedApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  policy.IntegrationPolicy.enforce(app, {
    asOf: AS_OF,
    packs: [
      new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R4Checks(),
      new NIST80053R5Checks(), new PCIDSS321Checks(), new ServerlessChecks(),
    ],
  });
  return app;
}
