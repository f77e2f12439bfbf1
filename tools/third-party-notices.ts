import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rolldown, TsdownPlugin } from "tsdown";

const PACKAGE_FOLDER = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** Read one text field of a package.json; `fallback` where it has none. */
function readField(folder: string, field: string, fallback: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const value: unknown = typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, field) : undefined;
  return typeof value === "string" ? value : fallback;
}

function describePackage(folder: string): string {
  const title = `## ${readField(folder, "name", folder)} ${readField(folder, "version", "")}`;
  const license = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = license === undefined ? "" : readFileSync(join(folder, license), "utf8").trim();
  return [title, `License: ${readField(folder, "license", "see its repository")}`, text].filter(Boolean).join("\n\n");
}

/**
 * Write `dist/THIRD-PARTY.md` with the licences of what is bundled: their authors ask for the notice to travel
 * with the code, and a bundle has no node_modules for it to travel in.
 */
export function thirdPartyNotices(): TsdownPlugin {
  return {
    name: "third-party-notices",
    generateBundle(_options: Rolldown.NormalizedOutputOptions, bundle: Rolldown.OutputBundle): void {
      const folders = Object.values(bundle)
        .flatMap((file) => (file.type === "chunk" ? file.moduleIds : []))
        .map((id) => PACKAGE_FOLDER.exec(id)?.[1] ?? "")
        .filter((folder) => existsSync(join(folder, "package.json")) && folder !== "");
      const notices = [...new Set(folders)]
        .map((folder) => describePackage(folder))
        .toSorted((a, b) => a.localeCompare(b));
      if (notices.length === 0) return;
      this.emitFile({
        type: "asset",
        fileName: "THIRD-PARTY.md",
        source: `# Bundled packages\n\n${notices.join("\n\n")}\n`,
      });
    },
  };
}
