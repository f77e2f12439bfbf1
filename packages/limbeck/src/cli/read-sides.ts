import { ALL_REVISIONS, parseSide, type Side } from "../commands/sides/side.ts";
import type { Session } from "./session.ts";

/** What a comparison is between, as it was written. */
interface SideTexts {
  readonly from: string | undefined;
  readonly to?: string | undefined;
  /** The revisions stand for the database. */
  readonly offline?: boolean;
}

/** What a comparison is between; a relative path is meant as seen from here. */
export function readSides(
  { world }: Session,
  { from, to, offline = false }: SideTexts,
): { readonly from?: Side; readonly to?: Side } {
  return {
    ...(offline && { from: ALL_REVISIONS }),
    ...(from !== undefined && { from: parseSide(from, world.cwd) }),
    ...(to !== undefined && { to: parseSide(to, world.cwd) }),
  };
}
