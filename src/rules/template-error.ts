/** Thrown for a template that cannot be one; the message tells what is wrong and where. */
export class TemplateError extends Error {}
