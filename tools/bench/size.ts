import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withGoal, type Group } from "./figure.ts";

const PACKAGE = fileURLToPath(new URL("../../packages/limbeck", import.meta.url));

function readField(json: unknown, name: string): unknown {
  return typeof json === "object" && json !== null ? Reflect.get(json, name) : undefined;
}

function readKilobytes(json: unknown, name: string): number {
  const bytes = readField(json, name);
  if (typeof bytes !== "number") throw new Error(`npm pack --json no longer says "${name}"`);
  return bytes / 1000;
}

/** What a user downloads; nothing is asked of a registry. */
export function measureSize(): Group {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const answer: unknown = JSON.parse(execFileSync("npm", args, { cwd: PACKAGE, encoding: "utf8", stdio: "pipe" }));
  // A list of packages or a record of them, depending on the version of npm; it is the only one either way.
  const packed: unknown = Object.values(Object(answer))[0];
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  const dependencies = Object.keys(Object(readField(manifest, "dependencies") ?? {})).length;
  return {
    title: "Size of the package",
    figures: [
      withGoal(
        { name: "tarball", unit: "kB", value: readKilobytes(packed, "size") },
        { measure: "value", atMost: 1500 },
      ),
      { name: "unpacked", unit: "kB", value: readKilobytes(packed, "unpackedSize") },
      withGoal(
        { name: "runtime dependencies", unit: "packages", value: dependencies },
        { measure: "value", atMost: 3 },
      ),
    ],
    notes: [],
  };
}
