/** `Default 60.`, `Default: as the version table.`: up to the end of the sentence, which no dot within code is. */
const DEFAULT = /\bDefault:? ((?:`[^`]*`|[^.`]|\.(?!\s|$))*)/;

/** What a docstring says of the default; empty where it says nothing. */
export function findDefault(summary: string): string {
  return DEFAULT.exec(summary)?.[1]?.replaceAll(/\s+/g, " ").trim() ?? "";
}
