import type { Environment } from "../commands/environment.ts";
import { updateSchemaFile, type SchemaFileResult } from "../commands/schema-file/schema-file.ts";
import { isPipeline, type Session } from "./session.ts";
import { shortenPath } from "./shorten-path.ts";

/** What `--json` says of the file of the schema, beside the run. */
export interface KeptSchemaFile {
  readonly schemaFile?: SchemaFileResult;
}

/** Writes the file of the schema after a run, where the config names one and a person may commit it. */
export async function keepSchemaFile({ world, terminal }: Session, environment: Environment): Promise<KeptSchemaFile> {
  if (isPipeline(world)) return {};
  const schemaFile = await updateSchemaFile(environment);
  if (!schemaFile) return {};
  if (schemaFile.isChanged) terminal.tell(`${shortenPath(schemaFile.path, world.cwd)}\n`);
  return { schemaFile };
}
