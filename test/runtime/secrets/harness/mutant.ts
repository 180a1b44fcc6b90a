import { Machine } from './machine';
import { loadMutant, Mutation } from '../../mutant';

/** Modules that a `Machine` is made of. */
const ROOTS = [
  'api-key', 'cognito-client-check', 'cognito-client-secret', 'rotator', 'secret-store', 'sftp-connector-key-pair', 'sftp-password', 'stored-bearer-key',
  'stored-credential', 'third-party', 'webhook-secret', 'webhook-signing-key',
];

/** The machine that rotates with one change to its source. */
export const mutantOf = (mutation: Mutation) => loadMutant<Machine>('secrets', ROOTS, mutation);
