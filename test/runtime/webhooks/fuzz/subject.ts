import type * as forms from '../../../../src/runtime/webhooks/canonical/form';
import type * as deliveries from '../../../../src/runtime/webhooks/delivery';
import type * as encodings from '../../../../src/runtime/webhooks/encodings';
import type * as handshakes from '../../../../src/runtime/webhooks/handshakes';
import type * as json from '../../../../src/runtime/webhooks/json';
import type * as formats from '../../../../src/runtime/webhooks/key-formats';
import type * as sources from '../../../../src/runtime/webhooks/key-source';
import type * as schemes from '../../../../src/runtime/webhooks/parse-scheme';
import type * as secrets from '../../../../src/runtime/webhooks/secret-content';
import type * as fields from '../../../../src/runtime/webhooks/structured-fields';
import type * as times from '../../../../src/runtime/webhooks/timestamps';
import type * as verifier from '../../../../src/runtime/webhooks/verify';
import { loadMutant, Mutation } from '../../mutant';

/** Whatever reads what a sender, or whoever configures a receiver, wrote. */
export type Subject = typeof verifier & typeof deliveries & typeof encodings & typeof handshakes & typeof json & typeof formats & typeof sources
  & typeof schemes & typeof secrets & typeof fields & typeof times & typeof forms;

const ROOTS = [
  'verify', 'delivery', 'encodings', 'handshakes', 'json', 'key-formats', 'key-source', 'parse-scheme', 'secret-content', 'structured-fields', 'timestamps', 'canonical/form',
];

/** The code that is fuzzed, with changes to its sources. */
export const subjectWith = (...mutations: readonly Mutation[]) => loadMutant<Subject>('webhooks', ROOTS, ...mutations);
