import type { SqlValue } from "../../ops/operation.ts";
import { decodeValues, encodeValues } from "../journal/encode-value.ts";

/** Up to where a backfill has come. */
export interface BackfillPosition {
  readonly table: string;
  /** The columns in whose order it goes. */
  readonly key: readonly string[];
  /** Their values in the last row of the last batch. */
  readonly at: readonly SqlValue[];
  /** How many rows have been changed. */
  readonly rows: number;
}

/** A position as the journal keeps it. */
export function writePosition({ at, ...rest }: BackfillPosition): string {
  return JSON.stringify({ ...rest, at: encodeValues(at) });
}

/** The position of a text that {@link writePosition} made. */
export function readPosition(text: string): BackfillPosition {
  // Only writePosition makes such texts.
  const { at, ...rest } = JSON.parse(text) as Omit<BackfillPosition, "at"> & { readonly at: string };
  return { ...rest, at: decodeValues<SqlValue>(at) };
}
