import { chooseImportEnding } from "../config/choose-import-ending.ts";
import { findScope } from "../config/find-scope.ts";
import { locateModels, type ModelsPlace } from "../config/locate-models.ts";
import { toSlashes } from "../config/to-slashes.ts";
import { PROJECT_TEMPLATES } from "../config/templates/project-templates.ts";
import type { ProjectPlan } from "../config/templates/project-template.ts";
import { writeProject } from "../config/write-project.ts";
import { defaultDatabaseUrl } from "../dialects/registry.ts";
import { findClosestName } from "../kernel/closest-name.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";

/** What `init` is asked for. */
export interface InitOptions {
  /** The folder that gets the config; absolute. */
  readonly cwd: string;
  /** The migrations folder, or the package's own, relative to it. Default: the template's, for example `migrations`. */
  readonly folder?: string;
  /** The name of a template; see {@link listTemplates}. Default `generic`. */
  readonly template?: string;
  /** The file that exports the tables, relative to `cwd`; only for the template `generic`. Default: a line of the config is left open for it. */
  readonly models?: string;
  /** The version of Limbeck that a new package asks for. Default: any. */
  readonly version?: string;
}

/** What `init` made. */
export interface InitResult extends Pick<ProjectPlan, "openLines" | "scripts" | "package" | "next"> {
  readonly template: string;
  /** Paths relative to the folder. */
  readonly created: readonly string[];
  /** The config, relative to the folder. */
  readonly configPath: string;
  /** The file that exports the tables, where it is known. */
  readonly models?: ModelsPlace;
}

/** A kind of project that `init` makes. */
export interface TemplateDescription {
  readonly name: string;
  readonly description: string;
}

/** The kinds of project that `init` makes. */
export function listTemplates(): readonly TemplateDescription[] {
  return PROJECT_TEMPLATES.map(({ name, description }) => ({ name, description }));
}

/** `multidb`, as Alembic calls it, is `multi-database`. */
const isLike = (name: string, template: string): boolean =>
  template.length > 4 && name.startsWith(template.slice(0, 5));

/**
 * Makes a project for migrations from a template: a config and a folder for revisions, at least.
 *
 * @throws CommandError when there is no such template, something is there already, or the folder cannot be written
 */
export function init({ cwd, folder, template = "generic", models, version = "0" }: InitOptions): InitResult {
  const found = PROJECT_TEMPLATES.find(({ name }) => name === template);
  if (!found) {
    const names = PROJECT_TEMPLATES.map(({ name }) => name);
    throw commandErrors.unknownTemplate({
      template,
      names,
      similar: findClosestName(template, names) ?? names.find((name) => isLike(name, template)),
    });
  }
  const place = models === undefined ? undefined : locateModels(cwd, models);
  const plan = found.plan({
    folder: folder === undefined ? undefined : toSlashes(folder).replace(/(?<=.)\/+$/, ""),
    models: place,
    urlFor: defaultDatabaseUrl,
    importEnding: chooseImportEnding(cwd),
    scope: findScope(cwd),
    version,
  });
  const created = writeProject(cwd, plan, template);
  const { files: _files, folders: _folders, ...told } = plan;
  return {
    template,
    created,
    ...told,
    ...(place && { models: place }),
  };
}
