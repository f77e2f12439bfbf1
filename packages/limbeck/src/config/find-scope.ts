import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

function readPackageName(path: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof manifest === "object" && manifest !== null && "name" in manifest ? String(manifest.name) : "";
  } catch {
    // A new package needs some name; whoever cannot read this one will say so.
    return "";
  }
}

/** The scope of new packages in a folder: that of the package around them, or its name. */
export function findScope(folder: string): string {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest)) {
    const [first = ""] = readPackageName(manifest).replace(/^@/, "").split("/");
    return `@${first || "app"}`;
  }
  return dirname(folder) === folder ? "@app" : findScope(dirname(folder));
}
