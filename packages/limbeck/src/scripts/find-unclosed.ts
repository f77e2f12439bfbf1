import { SourceScanner } from "./source-scanner.ts";

/** A declaration of the header where a line begins, whatever stands around it. */
const DECLARATION = /^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+revision\b/m;

/**
 * Finds what swallows the header of a file that has one: a comment, a text or a bracket that is never closed.
 *
 * @returns the offset at which it begins; undefined where the header is in no such thing
 */
export function findUnclosed(text: string): number | undefined {
  const declared = DECLARATION.exec(text)?.index;
  if (declared === undefined) return undefined;
  const end = text.trimEnd().length;
  const scanner = new SourceScanner(text);
  let outermost: number | undefined;
  for (let token = scanner.next(); token; token = scanner.next()) {
    if (token.start < declared && token.end >= end) return token.start;
    if (scanner.depth === 0) outermost = undefined;
    else outermost ??= token.start;
  }
  const comment = scanner.comments.find((one) => one.start <= declared && one.end >= end);
  return comment?.start ?? outermost;
}
