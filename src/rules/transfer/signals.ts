import { Answer } from '../delivery/answers';
import { cannotTell, compliant, Outcome, violation } from '../rule';

/** Something that somebody has to hear of, whether the template says that they do, and by what. */
export interface Signal {
  readonly name: string;
  readonly answer: Answer;
  /** What passes it on, or may. */
  readonly by: string;
}

/** The surest of some answers about one signal. */
export function surest(name: string, answers: ReadonlyArray<{ readonly answer: Answer; readonly by: string }>): Signal {
  const best = answers.find(({ answer }) => answer === 'yes') ?? answers.find(({ answer }) => answer === 'maybe');
  return { name, answer: best?.answer ?? 'no', by: best?.by ?? '' };
}

/** One finding for each signal that nobody hears of, `finding::name`, and one for each that the template does not tell. */
export function judgeSignals(signals: readonly Signal[], finding: string, untold: string): readonly Outcome[] {
  const found = signals.flatMap(({ name, answer, by }): readonly Outcome[] => {
    if (answer === 'yes') return [];
    return [answer === 'maybe' ? cannotTell(`${untold}::${name}`, `${by} may tell of ${name}`) : violation(`${finding}::${name}`, `nobody is told of ${name}`)];
  });
  return found.length > 0 ? found : [compliant(signals.map(({ name, by }) => `${name} by ${by}`).join('; '))];
}
