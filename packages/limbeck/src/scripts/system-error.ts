const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied.",
  EPERM: "The system does not permit it.",
  EROFS: "The file system is read-only.",
  ENOENT: "It does not exist, or it is a link that leads nowhere.",
  ENOTDIR: "A part of the path is a file where a folder is expected.",
  EISDIR: "It is a folder.",
  ENOSPC: "The disk is full.",
  EDQUOT: "The disk quota is used up.",
  ENAMETOOLONG: "The name is too long for the file system.",
  EMFILE: "Too many files are open.",
  ELOOP: "The links lead in a circle.",
};

/** The code of a file-system error, for example `ENOENT`; undefined when it has none. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** What a file-system error means, in a sentence. */
export function describeSystemError(error: unknown): string {
  const code = systemErrorCode(error);
  const meaning = code === undefined ? undefined : MEANINGS[code];
  return meaning ?? (error instanceof Error ? error.message : String(error));
}
