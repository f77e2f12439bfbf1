import type { ModelsPlace } from "../locate-models.ts";

/** What a new project is made of. */
export interface TemplateRequest {
  /** The folder that was asked for, with slashes; undefined for the template's own. */
  readonly folder: string | undefined;
  /** What describes the tables; undefined where nobody said. */
  readonly models: ModelsPlace | undefined;
  /** A URL for a database that needs nothing installed, by the name of its file. */
  readonly urlFor: (name: string) => string;
  /** The ending with which the config imports models. */
  readonly importEnding: ".ts" | ".js";
  /** What packages of the project are named after: `@shop`. */
  readonly scope: string;
  /** The version of Limbeck. */
  readonly version: string;
}

/** What a template makes; all paths are relative to where it is made, with slashes. */
export interface ProjectPlan {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Folders that must not exist yet, or be empty. */
  readonly folders: readonly string[];
  readonly configPath: string;
  /** Lines of the config that are left to the user: the imports of the models. */
  readonly openLines: readonly string[];
  /** Scripts for the user's package.json. */
  readonly scripts: Readonly<Record<string, string>>;
  /** The package that was made, and the file of it that holds the models. */
  readonly package?: { readonly name: string; readonly folder: string; readonly modelsPath: string };
  /** What to type next, in order. */
  readonly next: readonly [string, ...string[]];
}

/** A kind of project that `init` makes. */
export interface ProjectTemplate {
  readonly name: string;
  /** In a few words. */
  readonly description: string;
  readonly plan: (request: TemplateRequest) => ProjectPlan;
}

/** Git keeps no empty folder, and the folder has to be there after a clone. */
export const keepFolder = (folder: string): { readonly path: string; readonly text: string } => ({
  path: `${folder}/.gitkeep`,
  text: "",
});

/** The line of a config that imports models; it is left to the user. */
export const openLine = (path: string, indent: string): string => `${indent}// models: () => import("${path}"),`;
