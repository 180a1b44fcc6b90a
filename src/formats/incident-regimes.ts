/** A period in one unit of the calendar. */
export interface Period { readonly hours?: number; readonly days?: number; readonly months?: number }

/** Something that has to be told to somebody by some time. */
export interface RegimeStep {
  readonly id: string;
  readonly what: string;
  readonly within: Period;
  /** The step whose completion the period runs from, one that stands before; the time of detection otherwise. */
  readonly after?: string;
  /** Act, edition and article. */
  readonly source: string;
}

/** What a law or a contract wants to be told of an incident. */
export interface Regime {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly RegimeStep[];
}

const GDPR = 'Regulation (EU) 2016/679, OJ L 119 of 4 May 2016';
const NIS2 = 'Directive (EU) 2022/2555, OJ L 333 of 27 December 2022';
const DORA = 'Commission Delegated Regulation (EU) 2025/301, OJ L of 20 February 2025, under Article 20 of Regulation (EU) 2022/2554';
const HIPAA = '45 CFR Part 164 Subpart D, as amended by 78 FR 5695 of 25 January 2013';

/**
 * Regimes whose periods are in their own text. Each counts the longest period that is allowed; all of them also say "without undue delay".
 *
 * Where a text lets a period start later than detection, as with the classification of an incident, detection counts until a responder says better.
 */
export const REGIMES = {
  'gdpr': {
    id: 'gdpr',
    title: 'GDPR',
    steps: [{ id: 'authority', what: 'notify the supervisory authority', within: { hours: 72 }, source: `${GDPR}, Article 33(1)` }],
  },
  'nis2': {
    id: 'nis2',
    title: 'NIS 2',
    steps: [
      { id: 'early-warning', what: 'send the early warning to the CSIRT or the competent authority', within: { hours: 24 }, source: `${NIS2}, Article 23(4)(a)` },
      // A trust service provider has 24 hours, by the last subparagraph of Article 23(4): the responder sets that.
      { id: 'notification', what: 'send the incident notification', within: { hours: 72 }, source: `${NIS2}, Article 23(4)(b)` },
      { id: 'final-report', what: 'send the final report', within: { months: 1 }, after: 'notification', source: `${NIS2}, Article 23(4)(d)` },
    ],
  },
  'dora': {
    id: 'dora',
    title: 'DORA',
    steps: [
      // Four hours from the classification as major, where that is earlier: a responder who classifies sets the time.
      { id: 'initial', what: 'send the initial notification to the competent authority', within: { hours: 24 }, source: `${DORA}, Article 5(1)(a)` },
      { id: 'intermediate', what: 'send the intermediate report', within: { hours: 72 }, after: 'initial', source: `${DORA}, Article 5(1)(b)` },
      { id: 'final', what: 'send the final report', within: { months: 1 }, after: 'intermediate', source: `${DORA}, Article 5(1)(c)` },
    ],
  },
  'hipaa': {
    id: 'hipaa',
    title: 'HIPAA breach notification',
    steps: [
      { id: 'individuals', what: 'notify the affected individuals', within: { days: 60 }, source: `${HIPAA}, 164.404(b)` },
      // At the time of the notice to individuals. For fewer than 500, 164.408(c) allows 60 days from the end of the year: a responder who knows
      // how many they are sets or dismisses it.
      { id: 'secretary', what: 'notify the Secretary of a breach that involves 500 or more individuals', within: { days: 60 }, source: `${HIPAA}, 164.408(b)` },
      { id: 'media', what: 'notify the media of a breach that involves more than 500 residents of a State', within: { days: 60 }, source: `${HIPAA}, 164.406(b)` },
    ],
  },
  'hipaa-business-associate': {
    id: 'hipaa-business-associate',
    title: 'HIPAA breach notification, as a business associate',
    steps: [{ id: 'covered-entity', what: 'notify the covered entity', within: { days: 60 }, source: `${HIPAA}, 164.410(b)` }],
  },
} as const satisfies Readonly<Record<string, Regime>>;

/** Where the duty stands whose period somebody else sets: the card brands and the acquirer. */
export const PCI_SOURCE = 'PCI DSS v4.0.1 (June 2024), Requirement 12.10.1: the plan names payment brands and acquirers to notify at a minimum; their rules say when';

/** Where the duty of a processor stands, which the contract with the controller puts into hours. */
export const GDPR_PROCESSOR_SOURCE = `${GDPR}, Article 33(2): without undue delay; the contract with the controller says when`;

/** Ids of regimes and steps, which stand in records, pages and paths of evidence. */
export const REGIME_ID = /^[a-z][a-z0-9-]{0,39}$/;

const MAX_PERIOD = { hours: 8760, days: 3650, months: 120 } as const;

/** Whether something is a regime, as a function gets it from its construct. */
export function isRegime(value: unknown): value is Regime {
  const { id, title, steps } = Object(value ?? {}) as Partial<Regime>;
  if (!isId(id) || !isText(title) || !Array.isArray(steps) || steps.length === 0) return false;
  const ids = (steps as readonly Partial<RegimeStep>[]).map((step) => Object(step ?? {}).id as unknown);
  return new Set(ids).size === ids.length && (steps as readonly unknown[]).every((step, index) => isStep(step, ids.slice(0, index)));
}

function isStep(value: unknown, before: readonly unknown[]): value is RegimeStep {
  const { id, what, within, after, source } = Object(value ?? {}) as Partial<RegimeStep>;
  return isId(id) && isText(what) && isText(source) && isPeriod(within) && (after === undefined || before.includes(after));
}

/** One unit, and a whole number of it. */
export function isPeriod(value: unknown): value is Period {
  const units = Object.entries(Object(value ?? {}) as Period) as Array<[string, unknown]>;
  const [[unit, count] = ['', 0]] = units;
  return units.length === 1 && Object.hasOwn(MAX_PERIOD, unit) && Number.isInteger(count)
    && Number(count) >= 1 && Number(count) <= MAX_PERIOD[unit as keyof typeof MAX_PERIOD];
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && REGIME_ID.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 400;
}
