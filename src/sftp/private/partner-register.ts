import { Construct } from 'constructs';
import { conflictsAmong, Distinct } from '../../formats/partner-conflicts';
import { ConfigurationError } from '../../private';

/** Below which partners are that operators add at run time. */
export const RUNTIME_PREFIX = 'runtime';

/** The partners of a server, who have names, keys and places to themselves. */
export class PartnerRegister {
  private readonly partners: Distinct[];

  /** @param buckets names of the server's buckets */
  constructor(buckets: readonly string[]) {
    const directories = buckets.map((bucket) => ({ bucket, prefix: RUNTIME_PREFIX }));
    this.partners = [{ name: '(those added at run time)', keys: [], directories }];
  }

  /** Adds a partner, unless it is not apart from one that is there. */
  public add(scope: Construct, partner: Distinct): void {
    for (const earlier of this.partners) {
      const [conflict] = conflictsAmong([earlier, partner]);
      if (conflict) {
        const { problem, remedy = 'choose another name' } = conflict;
        throw new ConfigurationError(scope, `'${partner.name}' must have keys and places of its own, got one that ${problem}; ${remedy}`);
      }
    }
    this.partners.push(partner);
  }
}
