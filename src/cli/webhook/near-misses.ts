import type { Delivery } from '../../runtime/webhooks/delivery';
import { tryJson } from '../../runtime/webhooks/json';
import type { Key } from '../../runtime/webhooks/keys';
import type { Scheme } from '../../runtime/webhooks/scheme';
import { verify } from '../../runtime/webhooks/verify';

/** What often happens to a request on its way, undone. */
interface Repair {
  readonly says: string;
  readonly undo: (delivery: Delivery) => Delivery | undefined;
}

const REPAIRS: readonly Repair[] = [
  { says: 'without the line end behind the body, which an editor or the capture added', undo: body((text) => text.replace(/\r?\n$/, '')) },
  { says: 'with a line end behind the body, which the capture took off', undo: body((text) => `${text}\n`) },
  { says: 'with line feeds for the line ends in the body, which were made CR LF on the way', undo: body((text) => text.replaceAll('\r\n', '\n')) },
  { says: 'with the body as JSON without blanks: something parsed it and wrote it anew', undo: json() },
  { says: 'with the body as JSON with blanks: something parsed it and wrote it anew', undo: json(2) },
  { says: 'with a slash behind the address; see --url', undo: (sent) => ({ ...sent, url: `${sent.url}/` }) },
  { says: 'without the slash behind the address; see --url', undo: (sent) => ({ ...sent, url: sent.url.replace(/\/$/, '') }) },
  { says: 'with https in the address; see --url', undo: (sent) => ({ ...sent, url: sent.url.replace(/^http:/, 'https:') }) },
];

/** What would make a refused request a genuine one; says nothing of what is in it. */
export function nearMisses(delivery: Delivery, scheme: Scheme, keys: readonly Key[], nowSeconds: number): readonly string[] {
  return REPAIRS.filter(({ undo }) => {
    const repaired = undo(delivery);
    return repaired !== undefined && verify(repaired, scheme, keys, nowSeconds).outcome === 'genuine';
  }).map(({ says }) => says);
}

/** `latin1` keeps every byte. */
function body(change: (text: string) => string): Repair['undo'] {
  return (sent) => ({ ...sent, body: Buffer.from(change(sent.body.toString('latin1')), 'latin1') });
}

function json(indent?: number): Repair['undo'] {
  return (sent) => {
    const document = tryJson(sent.body);
    return document === undefined ? undefined : { ...sent, body: Buffer.from(JSON.stringify(document, undefined, indent)) };
  };
}
