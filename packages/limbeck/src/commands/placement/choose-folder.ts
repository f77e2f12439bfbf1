import { dirname, isAbsolute, relative, sep } from "node:path";
import { commandErrors } from "../../kernel/errors/command-errors.ts";
import type { VersionLocations } from "../../scripts/list-revision-files.ts";
import type { Project } from "../project.ts";
import type { RevisionOptions } from "../revision-options.ts";
import { describeCall } from "./describe-call.ts";

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The location whose files are read from a folder; the innermost of several. */
function findLocation(locations: VersionLocations, folder: string): string | undefined {
  const { versionLocations, recursiveVersionLocations } = locations;
  const [innermost] = versionLocations
    .filter((location) => location === folder || (recursiveVersionLocations && isInside(location, folder)))
    .toSorted((a, b) => b.length - a.length);
  return innermost;
}

/**
 * Chooses the folder of a new revision file: the one that was asked for, else the only one, else where the revision lies that it builds on.
 *
 * @param parent the revision that it builds on; undefined for a new root
 * @throws CommandError when the folder is not read, or nothing says which one it is
 */
export function chooseFolder(
  project: Project,
  options: RevisionOptions,
  { locations, parent }: { readonly locations: VersionLocations; readonly parent: string | undefined },
): string {
  const { versionLocations } = locations;
  const { versionPath } = options;
  const instead = versionLocations.map((location) => describeCall({ ...options, versionPath: location }));
  if (versionPath !== undefined) {
    if (findLocation(locations, versionPath) !== undefined) return versionPath;
    throw commandErrors.outsideLocations({ path: versionPath, locations: versionLocations, instead });
  }
  const [only, ...others] = versionLocations;
  if (only !== undefined && others.length === 0) return only;
  const beside = parent === undefined ? undefined : findLocation(locations, dirname(project.requireFile(parent).path));
  if (beside !== undefined) return beside;
  throw commandErrors.locationOpen({ locations: versionLocations, instead });
}
