/** A part of what is signed, as the verifier reads it. */
export type PartDocument = string | { readonly literal: string } | { readonly setting: string };

/** Where signatures are, as the verifier reads it. */
export type SourceDocument =
  | { readonly from: 'header'; readonly names: readonly string[] }
  | { readonly from: 'numbered'; readonly name: string; readonly most: number }
  | { readonly from: 'list'; readonly name: string; readonly separator: string; readonly assign: string }
  | { readonly from: 'body'; readonly pointer: string };

/** Where a value of a delivery is; one member is there. */
export interface PlaceDocument {
  readonly header?: string;
  readonly label?: string;
  readonly pointer?: string;
}
