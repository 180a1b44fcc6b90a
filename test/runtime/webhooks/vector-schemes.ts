import { parseScheme } from '../../../src/runtime/webhooks/parse-scheme';
import { PresetName, PRESETS } from '../../../src/runtime/webhooks/presets';
import { DetachedScheme, Scheme } from '../../../src/runtime/webhooks/scheme';

/** How a vector is configured besides its keys; what is not a setting of its preset is looked up by the names below. */
export type VectorConfig = Readonly<Record<string, unknown>>;

/** Names that others give to senders, where they neither begin nor end like ours. */
const ALIASES: Readonly<Record<string, PresetName>> = {
  httpmessagesignatures: 'rfc9421',
  httpsignatures: 'rfc9421',
  salesforcemcens: 'salesforce-ens',
  salesforcemarketingcloud: 'salesforce-ens',
  sfmcens: 'salesforce-ens',
  twiliosendgrid: 'sendgrid',
  upstash: 'qstash',
  standardwebhook: 'standard-webhooks',
};

const TOPICS = ['topicArn', 'topicArns', 'allowedTopicArn', 'allowedTopicArns', 'allowedTopics', 'topics'];
const HEADERS = ['header', 'signatureHeader', 'headerName'];
export const ADDRESSES = ['publicUrl', 'notificationUrl', 'webhookUrl', 'endpointUrl', 'url'];
const AGREED = ['components', 'tag', 'algorithms'];

/** The preset that a vector's scheme names; `has` tells which headers it came with, for names that stand for more than one. */
export function presetOf(scheme: string, has: (header: string) => string | undefined): PresetName {
  const name = squashed(scheme);
  const names = Object.keys(PRESETS) as PresetName[];
  const exact = names.find((one) => squashed(one) === name) ?? ALIASES[name];
  const alike = names.filter((one) => overlaps(squashed(one), name)).sort((one, other) => other.length - one.length)[0];
  const preset = exact ?? alike;
  if (preset === undefined) throw new Error(`there is no preset for the scheme '${scheme}'`);
  if (name === 'adyen') return has('hmacsignature') === undefined ? 'adyen-payment' : 'adyen-platform';
  if (name === 'convoy' && !/(?:^|,)\s*t=/.test(has('x-convoy-signature') ?? 't=')) return 'convoy-simple';
  // Svix signs under the names of Standard Webhooks where it is white-labelled.
  return preset === 'svix' && has('svix-id') === undefined && has('webhook-id') !== undefined ? 'standard-webhooks' : preset;
}

/** The scheme of a preset with a vector's configuration and tolerance, and what of the configuration it has no use for. */
export function schemeOf(
  preset: PresetName, config: VectorConfig, toleranceSeconds: number | undefined,
): { readonly scheme: Scheme; readonly unused: readonly string[] } {
  const base: Scheme = PRESETS[preset];
  const used = new Set<string>(ADDRESSES);
  const take = (names: readonly string[]) => names.flatMap((name) => {
    const written = Object.keys(config).find((other) => squashed(other) === squashed(name));
    if (written === undefined) return [];
    used.add(written);
    return [[name, config[written]] as const];
  });
  const settings = Object.fromEntries(take(settingsOf(base)));
  const topics = preset === 'aws-sns' ? take(TOPICS).flatMap(([, value]) => value) : [];
  const header = take(HEADERS).map(([, value]) => String(value).toLowerCase())[0];
  const parsed = parseScheme({
    preset,
    ...Object.keys(settings).length > 0 ? { settings } : {},
    ...topics.length > 0 ? { require: [{ pointer: '/TopicArn', oneOf: topics }] } : {},
    ...base.type === 'http-message' ? Object.fromEntries(take(AGREED)) : {},
  });
  return {
    scheme: withTolerance(parseScheme(withHeader(parsed, header)), toleranceSeconds),
    unused: Object.keys(config).filter((name) => !used.has(name)),
  };
}

function squashed(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function overlaps(preset: string, name: string): boolean {
  return name.length > 1 && (name.startsWith(preset) || name.endsWith(preset) || preset.startsWith(name) || preset.endsWith(name));
}

function settingsOf(scheme: Scheme): readonly string[] {
  return scheme.type !== 'detached' ? [] : scheme.content.flatMap((part) => typeof part === 'object' && 'setting' in part ? [part.setting] : []);
}

/** Some senders let their customers name the header. */
function withHeader(scheme: Scheme, header: string | undefined): Scheme {
  if (header === undefined || scheme.type === 'http-message') return scheme;
  if (scheme.type !== 'detached') return { ...scheme, header };
  const { signature } = scheme;
  if (signature.from === 'header') return { ...scheme, signature: { from: 'header', names: [header] } };
  return signature.from === 'list' ? { ...scheme, signature: { ...signature, name: header } } : scheme;
}

/** The tolerance of a vector, where the scheme signs a time; vectors may have none that receivers can be configured with. */
function withTolerance(scheme: Scheme, toleranceSeconds: number | undefined): Scheme {
  if (toleranceSeconds === undefined || scheme.type === 'static') return scheme;
  if (scheme.type !== 'detached') return { ...scheme, toleranceSeconds };
  return scheme.timestamp ? { ...scheme, timestamp: { ...scheme.timestamp, toleranceSeconds } } satisfies DetachedScheme : scheme;
}
