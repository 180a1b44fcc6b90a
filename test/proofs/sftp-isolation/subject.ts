import type * as check from '../../../src/formats/partner-check';
import type * as conflicts from '../../../src/formats/partner-conflicts';
import type * as statements from '../../../src/formats/partner-statements';
import type * as session from '../../../src/formats/session-policy';
import { loadMutant, Mutation } from '../../runtime/mutant';

/** The modules that keep partners apart. */
export type Subject = typeof check & typeof conflicts & typeof statements & typeof session;

/** These modules, with changes to their sources. */
export const subjectWith = (...mutations: readonly Mutation[]) =>
  loadMutant<Subject>('../formats', ['partner-check', 'partner-conflicts', 'partner-statements', 'session-policy'], ...mutations);
