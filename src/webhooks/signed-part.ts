import { PartDocument } from './private/own-parts';

/** A part of what a signature covers; parts are joined as bytes, by nothing but the literals among them. */
export class SignedPart {
  /** The body, byte for byte. */
  public static body(): SignedPart {
    return new SignedPart('body');
  }

  /** The signed time, as it was written. */
  public static timestamp(): SignedPart {
    return new SignedPart('timestamp');
  }

  /** The signed id. */
  public static id(): SignedPart {
    return new SignedPart('id');
  }

  /** The method in capitals. */
  public static method(): SignedPart {
    return new SignedPart('method');
  }

  /** The configured URL of the endpoint, with the query of the request. */
  public static url(): SignedPart {
    return new SignedPart('url');
  }

  /** The URL as HubSpot signs it, with some characters decoded. */
  public static decodedUrl(): SignedPart {
    return new SignedPart('decodedUrl');
  }

  /** The CRC-32 of the body in decimal digits, as PayPal signs it. Anyone can make another body that has the same. */
  public static crc32(): SignedPart {
    return new SignedPart('crc32');
  }

  /** URL and sorted fields of a form, as Twilio signs them. */
  public static twilio(): SignedPart {
    return new SignedPart('twilio');
  }

  /** Eight fields of a notification, as Adyen signs them. */
  public static adyen(): SignedPart {
    return new SignedPart('adyen');
  }

  /** Names and values of a message, as Amazon SNS signs them. */
  public static awsSns(): SignedPart {
    return new SignedPart('aws-sns');
  }

  /** Method, path, named headers and body, as Contentful signs them; its time is among the headers. */
  public static contentful(): SignedPart {
    return new SignedPart('contentful');
  }

  /** Fixed text, printable ASCII or line ends of 1 to 64 characters. */
  public static literal(text: string): SignedPart {
    return new SignedPart({ literal: text });
  }

  /** A value of `settings`, such as an id that the sender gave to this endpoint. */
  public static setting(name: string): SignedPart {
    return new SignedPart({ setting: name });
  }

  private constructor(private readonly part: PartDocument) {}

  /** @internal */
  public _bind(): PartDocument {
    return this.part;
  }
}
