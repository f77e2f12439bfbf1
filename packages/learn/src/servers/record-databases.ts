import type { ServerEngine } from "../engine.ts";
import { findServer, isRecorded, strikeRecord, writeRecord } from "./database-records.ts";
import type { LabServer } from "./lab-server.ts";
import { openServer } from "./open-server.ts";
import { readProjectId } from "./project-id.ts";

/**
 * The server that the environment names; what is made on it is written down in the project, before it is there, and struck out once it has gone.
 *
 * @param folder of the project
 * @throws LearnError when none is named, or it does not answer
 */
export async function openRecordedServer(
  engine: ServerEngine,
  { folder, env }: { readonly folder: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<LabServer> {
  const opened = await openServer(engine, env);
  const server = findServer(engine, env) ?? "";
  const note = async (name: string): Promise<void> => {
    const record = { engine, server, name, folder };
    // What somebody else has made under that name is not to be dropped one day as ours.
    if (!isRecorded(folder, record) && (await opened.list(name)).includes(name)) return;
    writeRecord(record);
  };
  return {
    ...opened,
    maker: readProjectId(folder),
    create: async (name) => {
      await note(name);
      await opened.create(name);
    },
    copy: async (from, to) => {
      await note(to);
      await opened.copy(from, to);
    },
    drop: async (name) => {
      await opened.drop(name);
      strikeRecord(folder, { engine, server, name });
    },
  };
}
