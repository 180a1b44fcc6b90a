import { PartnerWorld } from './partner-world';
import { reconcileCases } from './reconcile-cases';

reconcileCases(() => new PartnerWorld());
