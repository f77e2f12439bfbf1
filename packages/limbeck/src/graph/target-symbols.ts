/** What a target may be that is no name; it would hide a revision or a label of the same name. */
export const TARGET_SYMBOLS: readonly string[] = ["head", "heads", "base", "current"];
