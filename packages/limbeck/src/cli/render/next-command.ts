import type { Style } from "../style.ts";
import { copyable } from "./copyable.ts";

/**
 * The command that is most useful now.
 *
 * @param once what has to be done before, as in "it is filled in"; absent where nothing has
 */
export function renderNext(command: string, style: Style, once?: string): string {
  return `Next${once === undefined ? "" : `, once ${once}`}: ${copyable(command, style)}`;
}
