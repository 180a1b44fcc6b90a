import { crc32 } from 'node:zlib';
import { adyenContent } from './canonical/adyen';
import { awsSnsContent } from './canonical/aws-sns';
import { contentfulContent } from './canonical/contentful';
import { twilioContent } from './canonical/twilio';
import type { Delivery } from './delivery';
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
 * The bytes that are signed, in pieces.
 *
 * Pieces are joined as bytes: a template filled in by `String.replace` gives `$$` and `$&` in a body a meaning, and so has other bodies verify.
 */
export function contentOf({ content, settings = {} }: DetachedScheme, ingredients: Ingredients): readonly Buffer[] | Refused {
  const pieces: Buffer[] = [];
  for (const part of content) {
    const made = typeof part === 'string' ? MAKERS[part](ingredients) : Buffer.from('literal' in part ? part.literal : settings[part.setting], 'utf8');
    if (made instanceof Refused) return made;
    pieces.push(...[made].flat());
  }
  return pieces;
}

const MAKERS: Readonly<Record<PartName, (ingredients: Ingredients) => Buffer | readonly Buffer[] | Refused>> = {
  'body': ({ delivery }) => delivery.body,
  'timestamp': ({ timestamp }) => Buffer.from(timestamp, 'utf8'),
  'id': ({ id }) => Buffer.from(id, 'utf8'),
  'method': ({ delivery }) => Buffer.from(delivery.method, 'utf8'),
  'url': ({ delivery }) => Buffer.from(delivery.url, 'utf8'),
  'decodedUrl': ({ delivery }) => Buffer.from(decodedUrl(delivery.url), 'utf8'),
  'crc32': ({ delivery }) => Buffer.from(String(crc32(delivery.body)), 'utf8'),
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
