import type { Algorithm } from './algorithms';
import type { Encoding } from './encodings';
import type { JwtAlgorithm } from './jwt-algorithms';
import type { KeyFormat } from './key-formats';
import type { TimeUnit } from './timestamps';

/** Schemes are data that fits in an environment variable: plain, serialisable as JSON, read by `parseScheme`. Header names are lower case. */
export type Scheme = DetachedScheme | JwtScheme | MessageScheme | StaticScheme;

/** What every scheme may say. */
interface Common {
  /** How the keys are written in their secret. */
  readonly key: KeyFormat;
  /** Larger bodies are refused unread. */
  readonly maxBodyBytes?: number;
  /** What must be so besides the signature. */
  readonly require?: readonly Requirement[];
  /** How the sender makes sure that the endpoint is willing. */
  readonly handshake?: HandshakeName;
}

/** How senders check an endpoint before, or while, they deliver. */
export const HANDSHAKES = ['zoom', 'slack', 'okta', 'aws-sns', 'discord'] as const;

export type HandshakeName = typeof HANDSHAKES[number];

/** Exactly one of `header`, `pointer` into the JSON body and `claim` of the JWT, and the values that it may have. */
export interface Requirement {
  readonly header?: string;
  readonly pointer?: string;
  readonly claim?: string;
  readonly oneOf: readonly string[];
}

/** A signature in a header or the body, over content that the scheme puts together from the request. */
export interface DetachedScheme extends Common {
  readonly type: 'detached';
  readonly accepts: readonly Accepted[];
  readonly signature: SignatureSource;
  /** What is signed: parts, joined as bytes. */
  readonly content: readonly Part[];
  /** Values that the sender's account or this endpoint has, for the parts that name one. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly timestamp?: TimestampSource;
  /** An identifier that the content covers; absent, deliveries are told apart by the hash of their content. */
  readonly id?: { readonly header: string } | { readonly pointer: string };
  /** The delivery says by URL which certificate verifies it. */
  readonly certificate?: CertificateSource;
}

/** A kind of signature that is accepted. `label` is the prefix of a header, or the name in a list. */
export interface Accepted {
  readonly label?: string;
  readonly algorithm: Algorithm;
  readonly encoding: Encoding;
}

/**
 * Where signatures are.
 *
 * - `header`: one in each of the headers, of which at least one is there.
 * - `numbered`: one in each of the headers `<name>1` to `<name><most>`.
 * - `list`: several in one header, as `label<assign>signature`, and maybe the timestamp.
 * - `body`: at a pointer into the JSON body, which has to be parsed before it is verified.
 */
export type SignatureSource =
  | { readonly from: 'header'; readonly names: readonly string[] }
  | { readonly from: 'numbered'; readonly name: string; readonly most: number }
  | { readonly from: 'list'; readonly name: string; readonly separator: string; readonly assign: string }
  | { readonly from: 'body'; readonly pointer: string };

/**
 * Parts that are made from the request.
 *
 * `decodedUrl` is HubSpot's, `crc32` PayPal's; the last four put together the whole content of the sender that they are named after.
 */
export const PARTS = [
  'body', 'timestamp', 'id', 'method', 'url', 'decodedUrl', 'crc32', 'twilio', 'adyen', 'aws-sns', 'contentful',
] as const;

export type PartName = typeof PARTS[number];

export type Part = PartName | { readonly literal: string } | { readonly setting: string };

/** When the sender signed; `toleranceSeconds` on either side of now. `label` is its name in the list of signatures. */
export interface TimestampSource {
  readonly header?: string;
  readonly label?: string;
  readonly pointer?: string;
  readonly unit: TimeUnit;
  readonly toleranceSeconds: number;
}

/** Where the URL of the certificate is, and the regular expression that all of it must match. */
export interface CertificateSource {
  readonly header?: string;
  readonly pointer?: string;
  readonly url: string;
}

/** A JWT (RFC 7519) in a header that carries a hash of the body. */
export interface JwtScheme extends Common {
  readonly type: 'jwt';
  readonly header: string;
  readonly algorithms: readonly JwtAlgorithm[];
  readonly bodyHash: { readonly claim: string; readonly encoding: 'hex' | 'base64url' };
  /** `iat`: issued within the tolerance of now. `exp`: not expired, give or take the tolerance; `nbf` and `iat` are then held to it, too. */
  readonly time: 'iat' | 'exp';
  readonly toleranceSeconds: number;
  /** The claim that must be the URL of the endpoint. */
  readonly urlClaim?: string;
  /** The claim that tells deliveries apart. */
  readonly idClaim?: string;
}

/** HTTP Message Signatures (RFC 9421) with a digest of the body (RFC 9530). */
export interface MessageScheme extends Common {
  readonly type: 'http-message';
  readonly algorithms: readonly Algorithm[];
  /** What a signature must cover at least; `content-digest` is among it, else the body could be any. */
  readonly components: readonly string[];
  readonly toleranceSeconds: number;
  /** The `tag` that a signature must have. */
  readonly tag?: string;
  readonly id?: { readonly pointer: string };
}

/** A password in a header: it says nothing of the body, and whoever sees one request can send any other. */
export interface StaticScheme extends Common {
  readonly type: 'static';
  readonly header: string;
  readonly prefix?: string;
}
