import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findForeignAssets } from "./find-foreign-assets.ts";

/** Fails where the built site would ask another host for something. */

const BUILT = join(import.meta.dirname, "../../site/dist");

const paths = globSync("**/*.{html,css}", { cwd: BUILT });
const foreign = findForeignAssets(new Map(paths.map((path) => [path, readFileSync(join(BUILT, path), "utf8")])));
if (foreign.length > 0) throw new Error(`the site would not work without a network:\n${foreign.join("\n")}`);
console.log(`${paths.length} pages and styles in site/dist, and none loads anything from another host`);
