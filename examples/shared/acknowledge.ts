import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Acknowledges one finding on one construct, by the id that each pack gives it, in the form that stays in the validation report. */
export function acknowledge(construct: IConstruct, ids: readonly string[], reason: string): void {
  for (const id of ids) {
    const pack = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless', 'AwsSolutions'].find((name) => id.startsWith(`${name}-`));
    Validations.of(construct).acknowledge({ id: `${pack}::${id}`, reason });
  }
}
