import { Report } from './model';

/**
 * Text from a template, safe to show: control characters, invisible format characters, such as bidirectional controls, and lone surrogates become
 * visible escapes.
 *
 * Line breaks become spaces. Markup is escaped by the renderer that knows it.
 */
export function visible(text: string): string {
  return text
    .replace(/\s*[\r\n\u2028\u2029]\s*/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** `1 control`, `2 controls`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** File of a template, relative to the root of the repository; the template's name where no file is known. */
export function fileOf(report: Report, template: string): string {
  return Object.hasOwn(report.files, template) ? report.files[template] : template;
}

/** The sentence that stands beside every mapping to a framework. */
export const SUPPORTS_NOTE = 'A control supports a requirement: it is evidence for a part of it. No control satisfies a requirement by itself, and a template shows what '
  + 'was asked for, not what runs.';

/** Heading of what constructs say that a control cannot do for them. */
export const LIMITS_TITLE = 'What cannot be enforced here';

/** The sentence below that heading. */
export const LIMITS_NOTE = 'No template can bring these about; somebody has to see to them.';
