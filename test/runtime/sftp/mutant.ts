import type { Machine } from './function-world';
import { loadMutant, Mutation } from '../mutant';

/** Modules that a `Machine` is made of. */
const ROOTS = ['identity-provider', 'identity-provider-settings', 'lockout', 'partner-source', 'passwords'];

/** The identity provider with changes to its source. */
export const mutantOf = (...mutations: readonly Mutation[]) => loadMutant<Machine>('sftp', ROOTS, ...mutations);
