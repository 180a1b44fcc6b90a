import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GDPR_PROCESSOR_SOURCE, PCI_SOURCE, Regime, REGIME_ID, REGIMES } from '../formats/incident-regimes';
import { ConfigurationError, requireMatch } from '../private';

const NAME_RULE = 'up to 40 lower-case letters, digits and hyphens, a letter first';

/** One thing that a regime of one's own wants done. */
export interface IncidentDuty {
  /** Name in records and pages, of up to 40 lower-case letters, digits and hyphens, a letter first. */
  readonly step: string;

  /** What has to be done, as a page says it: `notify the customer`. */
  readonly what: string;

  /** Time that there is for it, in whole hours, from detection on. */
  readonly within: Duration;

  /** Where that stands: contract or act, edition and clause. */
  readonly source: string;
}

/** A law or a contract that wants to be told of incidents in time. */
export class IncidentRegime {
  /**
   * GDPR, Article 33(1): the supervisory authority within 72 hours.
   *
   * To tell the persons concerned, Article 34, has no number in its text: take `own` for that.
   */
  public static gdpr(): IncidentRegime {
    return IncidentRegime.known('gdpr');
  }

  /**
   * GDPR, Article 33(2), for a processor: the controller without undue delay.
   *
   * @param within what the contract with the controller says, in whole hours
   */
  public static gdprProcessor(within: Duration): IncidentRegime {
    return IncidentRegime.own('gdpr-processor', 'GDPR, as a processor', {
      step: 'controller', what: 'notify the controller', within, source: GDPR_PROCESSOR_SOURCE,
    });
  }

  /**
   * NIS 2, Article 23(4): early warning within 24 hours, notification within 72, final report a month after that.
   *
   * A trust service provider has 24 hours for the notification, too; responders set that.
   */
  public static nis2(): IncidentRegime {
    return IncidentRegime.known('nis2');
  }

  /** DORA, by Delegated Regulation (EU) 2025/301, Article 5: initial notification within 24 hours, intermediate report within 72 of that, final a month later. */
  public static dora(): IncidentRegime {
    return IncidentRegime.known('dora');
  }

  /** HIPAA breach notification, 45 CFR 164.404 to 164.408: individuals, the Secretary and the media within 60 days. */
  public static hipaa(): IncidentRegime {
    return IncidentRegime.known('hipaa');
  }

  /**
   * HIPAA breach notification, 45 CFR 164.410, for a business associate: the covered entity within 60 days.
   *
   * Most contracts with covered entities say less: take `own` for that.
   */
  public static hipaaBusinessAssociate(): IncidentRegime {
    return IncidentRegime.known('hipaa-business-associate');
  }

  /**
   * PCI DSS v4.0.1, Requirement 12.10.1: payment brands and acquirers.
   *
   * @param within what their rules say, in whole hours: the standard itself has no number
   */
  public static pciDss(within: Duration): IncidentRegime {
    return IncidentRegime.own('pci-dss', 'PCI DSS', {
      step: 'brands-and-acquirers', what: 'notify the payment brands and the acquirer', within, source: PCI_SOURCE,
    });
  }

  /**
   * A regime of one's own: a contract, a policy, a law of some country.
   *
   * @param name in records and pages, of up to 40 lower-case letters, digits and hyphens, a letter first
   * @param title as people call it
   */
  public static own(name: string, title: string, ...duties: IncidentDuty[]): IncidentRegime {
    return new IncidentRegime(name, (scope) => {
      if (duties.length === 0) throw new ConfigurationError(scope, `'duties' of regime '${name}' must name at least one, got none; say what is to be done`);
      const steps = duties.map((duty) => ({ id: duty.step, what: duty.what, within: { hours: hoursOf(scope, name, duty) }, source: duty.source }));
      return { id: name, title, steps };
    });
  }

  private static known(name: keyof typeof REGIMES): IncidentRegime {
    return new IncidentRegime(name, () => name);
  }

  private constructor(private readonly name: string, private readonly bind: (scope: Construct) => keyof typeof REGIMES | Regime) {}

  /**
   * The regime as a function gets it: by name where it knows it.
   *
   * @internal
   */
  public _bind(scope: Construct): string | Regime {
    const regime = this.bind(scope);
    if (typeof regime === 'string') return regime;
    requireMatch(scope, 'name', this.name, REGIME_ID, NAME_RULE, "write for example 'acme-contract'");
    for (const { id } of regime.steps) requireMatch(scope, 'step', id, REGIME_ID, NAME_RULE, "write for example 'customer'");
    if (Object.hasOwn(REGIMES, this.name)) {
      throw new ConfigurationError(scope, `'name' must be no regime that is known, got '${this.name}'; take IncidentRegime.${camelCase(this.name)}() or choose another`);
    }
    const texts = [regime.title, ...regime.steps.flatMap(({ what, source }) => [what, source])];
    const unfit = texts.find((text) => text.trim() === '' || text.length > 400);
    if (unfit !== undefined) {
      throw new ConfigurationError(scope, `'title', 'what' and 'source' of regime '${this.name}' must have from 1 to 400 characters, got ${unfit.length}; say it in a sentence`);
    }
    if (new Set(regime.steps.map(({ id }) => id)).size < regime.steps.length) {
      throw new ConfigurationError(scope, `'duties' of regime '${this.name}' must have names of their own, got one twice; choose another`);
    }
    return regime;
  }

  /** @internal */
  public get _name(): string {
    return this.name;
  }
}

/** As a method is named. */
function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function hoursOf(scope: Construct, regime: string, { step, within }: IncidentDuty): number {
  const hours = within.toHours({ integral: false });
  if (Number.isInteger(hours) && hours >= 1 && hours <= 8760) return hours;
  throw new ConfigurationError(scope, `'within' of '${regime}/${step}' must be from 1 to 8760 whole hours, got ${hours}; choose a number in that range`);
}
