import type * as policy from '../../../src/runtime/webhooks/outbound/address-policy';
import type * as urls from '../../../src/runtime/webhooks/outbound/endpoint-url';
import type * as connector from '../../../src/runtime/webhooks/outbound/guarded-connector';
import { loadMutant, Mutation } from '../../runtime/mutant';

/** The modules that keep webhooks from internal targets. */
export type Guard = typeof policy & typeof urls & typeof connector;

/** The guard, with changes to its sources. */
export const guardWith = (...mutations: readonly Mutation[]) =>
  loadMutant<Guard>('webhooks/outbound', ['address-policy', 'endpoint-url', 'guarded-connector'], ...mutations);
