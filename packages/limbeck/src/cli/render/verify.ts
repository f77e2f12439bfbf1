import type { VerifyResult } from "../../commands/verify.ts";
import type { Style } from "../style.ts";
import { count } from "./count.ts";
import { wrapBehind, wrapText } from "./wrap-text.ts";

/** That the files are those that were applied. */
export function tellVerify({ database, verified, unverified }: VerifyResult, style: Style): string {
  const { paint, symbols, width } = style;
  const verdict = `${count(verified, "applied revision")} of ${database} ${verified === 1 ? "has the file that it was" : "have the files that they were"} applied with.`;
  const rest = `The journal has no checksum of ${unverified.join(", ")}.`;
  return [
    paint("good", wrapBehind(symbols.done, verdict, width)),
    ...(unverified.length > 0 ? [wrapText(rest, width)] : []),
  ].join("\n");
}
