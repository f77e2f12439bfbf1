import type { Environment } from "../environment.ts";
import { writeSideOptions, type Side } from "./side.ts";

/** The command that writes the difference between two sides down as a revision. */
export function writeGenerateCommand(
  { dialect }: Pick<Environment, "dialect">,
  sides: { readonly from?: Side; readonly to?: Side },
): string {
  return `limbeck revision -m "..." --autogenerate${writeSideOptions(sides, dialect.redactUrl)}`;
}
