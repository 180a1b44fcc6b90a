import { Contender } from './contender';

/** What a figure counts. */
export type Unit = 'ms' | 'bytes' | 'count' | 'ratio';

/** One figure that a measure took. */
export interface Reading {
  /** As tables name it. */
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;

  /** A share of something, such as a time for each resource: tables show it, and neither compare it nor add it up. */
  readonly relative?: boolean;

  /** A figure that is left out of tables, and has to be the same for contenders with the same resources. */
  readonly mustAgree?: boolean;
}

/** What is measured, in a process of its own that has done nothing before. */
export interface Subject {
  readonly apis: number;
  /** An empty directory, for the cloud assembly. */
  readonly outdir: string;
  /** Imports the contender, and with it whatever that imports. */
  load(): Contender;
}

/** A thing to measure. A file of `measures/` exports one as `measure`; the file's name is its name. */
export interface Measure {
  readonly title: string;
  /** What is counted and what is not, for the reader of the tables. */
  readonly note: string;
  /** How often it is taken; once is enough for what is the same each time. */
  readonly rounds: number;
  take(subject: Subject): Reading[];
}
