import { mock } from 'node:test';
import { Library } from './library';
import { otherLibraries } from './public-key';
import { shareOf } from './speed';
import { timedLibraries } from './timed';
import { untimedLibraries } from './untimed';
import { Delivery } from '../../src/runtime/webhooks/delivery';
import { verify } from '../../src/runtime/webhooks/verify';
import { BODY, delivery, NOW, Sample, sampleOf, secretKey } from '../runtime/webhooks/senders';

/**
 * Holds the verifier to the senders' own libraries: what they sign is genuine here, what is signed here by code of its own is genuine there, and
 * what was changed is neither. Then compares how long each takes for the same delivery, and ends with `interop: <figures>`.
 */
async function run(): Promise<void> {
  mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });
  const libraries = [...await timedLibraries(), ...await untimedLibraries(), ...await otherLibraries()];
  const wrong: string[] = [];
  let agreed = 0;
  const hold = (isSo: boolean, what: string) => { if (isSo) agreed++; else wrong.push(what); };
  const ratios: number[] = [];

  for (const library of libraries) {
    const { accepts, name, readsNoBody, signs } = library;
    const sample = await sampleFor(library);
    if (signs) {
      const sent = delivery(await signs(BODY.toString('utf8')));
      hold(isGenuine(sample, sent), `${name} signs what is refused here`);
      hold(!isGenuine(sample, changed(sent)), `${name} signs what is accepted here when it was changed`);
    }
    if (accepts) {
      hold(isGenuine(sample, sample.delivery), `a genuine delivery of ${library.preset} is refused here`);
      hold(await isAccepted(accepts, sample.delivery), `${name} refuses what is genuine here`);
      hold(!isGenuine(sample, changed(sample.delivery)), `a changed delivery of ${library.preset} is accepted here`);
      if (!readsNoBody) hold(!await isAccepted(accepts, changed(sample.delivery)), `${name} accepts what was changed`);
      const ratio = await shareOf(() => isGenuine(sample, sample.delivery), async () => { await accepts(sample.delivery); });
      ratios.push(ratio);
      console.log(`${library.preset.padEnd(20)} ${name.padEnd(32)} ${ratio.toFixed(2)} of its time`);
    }
  }
  for (const what of wrong) console.error(`disagreed: ${what}`);
  const worst = Math.max(...ratios);
  console.log(`interop: ${libraries.length} libraries, ${agreed} agreed, ${wrong.length} disagreed, slowest ${worst.toFixed(2)} of the library's time`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

async function sampleFor({ preset, secret, signs }: Library): Promise<Sample> {
  const sample = sampleOf(preset);
  return secret === undefined ? sample : { ...sample, keys: [secretKey(secret)], delivery: delivery(await signs!(BODY.toString('utf8'))) };
}

function isGenuine({ keys, scheme }: Sample, sent: Delivery): boolean {
  return verify(sent, scheme, keys, NOW).outcome === 'genuine';
}

async function isAccepted(accepts: NonNullable<Library['accepts']>, sent: Delivery): Promise<boolean> {
  try {
    return await accepts(sent) !== false;
  } catch {
    return false;
  }
}

/** One byte of the body is another; JSON stays JSON, and a form a form. */
function changed(sent: Delivery): Delivery {
  return { ...sent, body: Buffer.from(sent.body.toString('latin1').replace(/evt_1|caf|1000|P1/, (part) => [...part].reverse().join('')), 'latin1') };
}

void run();
