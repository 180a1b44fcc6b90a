import { Proof } from './proof';
import { explore } from '../runtime/webhooks/inbox/explore';
import { MACHINE } from '../runtime/webhooks/inbox/machine';
import { SEARCHES } from '../runtime/webhooks/inbox/searches';

/** ADR 0022 says what the inbox promises, and what this cannot see. */
export const proof: Proof = {
  claim: 'whatever fails, times out or dies, a webhook that was acknowledged arrives or waits for a person, and without faults it arrives once',
  async run(_args, say) {
    let schedules = 0n;
    const lost: string[] = [];
    const duplicated: string[] = [];
    for (const { name, bounds } of SEARCHES) {
      const found = await explore(MACHINE, bounds);
      say(`${name}: ${found.schedules} schedules through ${found.states} states`);
      schedules += found.schedules;
      if (found.lost) lost.push(found.lost);
      if (found.duplicated) duplicated.push(found.duplicated);
    }
    [...lost, ...duplicated].forEach(say);
    return {
      holds: lost.length + duplicated.length === 0,
      figures: `${schedules} schedules, ${lost.length} lost, ${duplicated.length} duplicated without faults`,
    };
  },
};
