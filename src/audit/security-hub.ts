import { SecurityStandard } from './security-standard';

/** Who has Security Hub CSPM hold an account to standards. */
export class SecurityHub {
  /** The baseline: it enables Security Hub CSPM in the Region, of which an account has one. A deployment fails where it is enabled. */
  public static here(...standards: SecurityStandard[]): SecurityHub {
    return new SecurityHub(true, standards);
  }

  /** Somebody enabled it already; the baseline adds standards. */
  public static enabled(...standards: SecurityStandard[]): SecurityHub {
    return new SecurityHub(false, standards);
  }

  /** The organization, by central configuration, which a member's own standards would fight; the baseline makes nothing of it. */
  public static managedByOrganization(): SecurityHub {
    return new SecurityHub(false, []);
  }

  private constructor(private readonly isEnabledHere: boolean, private readonly standards: readonly SecurityStandard[]) {}

  /** @internal */
  public _isEnabledHere(): boolean {
    return this.isEnabledHere;
  }

  /** @internal */
  public _standards(): readonly SecurityStandard[] {
    return this.standards;
  }
}
