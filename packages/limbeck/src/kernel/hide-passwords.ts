/**
 * A text without the passwords of a URL in it, whatever engine the URL leads to: for commands that repeat what was typed.
 *
 * @example
 * hidePasswords("postgres://ann:secret@db/app"); // postgres://ann:***@db/app
 */
export function hidePasswords(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/?#]*):.*@/i, "$1:***@")
    .replaceAll(/([?&][^=&]*(?:password|passwd|pwd|secret|token)[^=&]*=)[^&#]*/gi, "$1***");
}
