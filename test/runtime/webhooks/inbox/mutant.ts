import { Machine } from './machine';
import { loadMutant, Mutation } from '../../mutant';

/** Modules that a `Machine` is made of. */
const ROOTS = ['bodies', 'claims', 'inbox', 'receive', 'redrive', 'stream', 'sweep'];

/** The inbox with one change to its source. */
export const mutantOf = (mutation: Mutation) => loadMutant<Machine>('webhooks', ROOTS, mutation);
