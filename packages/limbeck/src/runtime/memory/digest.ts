import { createHash } from "node:crypto";

/** A name for a value that JSON can say in full. */
export const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");
