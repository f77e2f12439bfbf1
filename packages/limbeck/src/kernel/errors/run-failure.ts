/** The error that a run on a scratch database failed with. */
export interface RunFailure {
  readonly code: string;
  readonly title: string;
  readonly why: string;
}

/** A failure on a scratch database in words. What follows the first line of the reason is about a real run: what was rolled back, and what stays. */
export function describeRunFailure({ code, title, why }: RunFailure): string {
  const [reason = ""] = why.split("\n", 1);
  return [`${code} ${title}`, ...(reason === "" ? [] : [reason])].join("\n");
}
