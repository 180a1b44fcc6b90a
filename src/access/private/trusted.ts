import * as iam from 'aws-cdk-lib/aws-iam';

/** Those whom the statements of a trust policy let in, each by its own conditions. */
export class Trusted extends iam.PrincipalBase {
  constructor(private readonly statements: readonly iam.PolicyStatement[]) {
    super();
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.PrincipalPolicyFragment(this.statements[0].toStatementJson().Principal as Record<string, string[]>);
  }

  public addToAssumeRolePolicy(document: iam.PolicyDocument): void {
    document.addStatements(...this.statements);
  }

  public dedupeString(): string | undefined {
    return undefined;
  }
}
