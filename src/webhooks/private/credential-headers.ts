/** A scheme of a user's own, as far as it says where signatures and passwords are. */
interface OwnScheme {
  readonly type?: string;
  readonly header?: string;
  readonly signature?: { readonly from: string; readonly names?: readonly string[]; readonly name?: string; readonly most?: number };
}

/** Headers in which a scheme of a user's own has its signature or password. Those of presets the web ACL knows. */
export function credentialHeaders(document: object): readonly string[] {
  const { type, header, signature } = document as OwnScheme;
  if (type === 'static' || type === 'jwt') return header === undefined ? [] : [header];
  switch (signature?.from) {
    case 'header': return signature.names ?? [];
    case 'list': return [signature.name!];
    case 'numbered': return Array.from({ length: signature.most! }, (_, index) => `${signature.name}${index + 1}`);
    default: return [];
  }
}
