/** Method of a route (RFC 9110, 9.3; RFC 5789). There is no "any": each method of a path says who may call it. */
export enum HttpMethod {
  /** Reads. */
  GET = 'GET',
  /** Reads the header fields alone. */
  HEAD = 'HEAD',
  /** Creates or starts something. */
  POST = 'POST',
  /** Replaces. */
  PUT = 'PUT',
  /** Changes parts. */
  PATCH = 'PATCH',
  /** Deletes. */
  DELETE = 'DELETE',
}
