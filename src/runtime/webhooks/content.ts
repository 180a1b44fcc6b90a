import { crc32 } from 'node:zlib';
import { adyenContent } from './canonical/adyen';
import { awsSnsContent } from './canonical/aws-sns';
import { contentfulContent } from './canonical/contentful';
import { twilioContent } from './canonical/twilio';
import type { Delivery } from './delivery';
import type { Content } from './mac';
import type { DetachedScheme, PartName } from './scheme';
import { Refused } from './verdict';

/** What the parts of the content are made of. */
export interface Ingredients {
  readonly delivery: Delivery;
  /** As the sender wrote it, and already found well-formed. */
  readonly timestamp: string;
  readonly id: string;
}

/**
 * What is signed, in pieces.
 *
 * Pieces are joined as bytes: a template filled in by `String.replace` gives `$$` and `$&` in a body a meaning, and so has other bodies verify.
 */
export function contentOf({ content, settings = {} }: DetachedScheme, ingredients: Ingredients): Content | Refused {
  const pieces: (Buffer | string)[] = [];
  for (const part of content) {
    const made = typeof part === 'string' ? MAKERS[part](ingredients) : 'literal' in part ? part.literal : settings[part.setting];
    if (made instanceof Refused) return made;
    if (typeof made === 'string' || Buffer.isBuffer(made)) pieces.push(made);
    else pieces.push(...made);
  }
  return pieces;
}

const MAKERS: Readonly<Record<PartName, (ingredients: Ingredients) => Buffer | string | Content | Refused>> = {
  'body': ({ delivery }) => delivery.body,
  'timestamp': ({ timestamp }) => timestamp,
  'id': ({ id }) => id,
  'method': ({ delivery }) => delivery.method,
  'url': ({ delivery }) => delivery.url,
  'decodedUrl': ({ delivery }) => decodedUrl(delivery.url),
  'crc32': ({ delivery }) => String(crc32(delivery.body)),
  'twilio': ({ delivery }) => twilioContent(delivery),
  'adyen': ({ delivery }) => adyenContent(delivery.body),
  'aws-sns': ({ delivery }) => awsSnsContent(delivery.body),
  'contentful': ({ delivery }) => contentfulContent(delivery),
};

/** The characters that HubSpot decodes before signing, and no others (HubSpot Docs, "Validating requests", v3). */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

function decodedUrl(url: string): string {
  return url.replace(DECODED, (escaped) => decodeURIComponent(escaped));
}
