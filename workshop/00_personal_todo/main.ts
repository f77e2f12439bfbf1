/** Starts the service: `make run`. */
import { serve } from "@hono/node-server";
import { createApp } from "./app/app.ts";
import { settings } from "./app/core/config.ts";
import { openDatabase } from "./app/core/database.ts";
import { readSchemaState } from "./app/core/schema-state.ts";

const db = openDatabase(settings.databaseUrl);

// There is no login, so nobody but this machine is served.
const server = serve({ fetch: createApp(db).fetch, hostname: "127.0.0.1", port: settings.port }, ({ port }) => {
  console.log(`Todos      http://127.0.0.1:${port}/`);
  console.log(`The API    http://127.0.0.1:${port}/docs`);
});
server.on("error", (error) => {
  console.error(`The service cannot start: ${error.message}`);
  process.exit(1);
});

const { state, message, command } = await readSchemaState();
if (state !== "current") console.warn(`Warning    ${message}${command === undefined ? "" : ` Run: ${command}`}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    server.close(() => void db.destroy());
  });
}
