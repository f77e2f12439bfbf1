import { serve } from "@hono/node-server";
import { settings } from "./config.ts";
import { readSchemaState } from "./schema-state.ts";

interface App {
  fetch: (request: Request) => Response | Promise<Response>;
}

interface Closable {
  destroy: () => Promise<void>;
}

/** Serves an app until somebody stops it, and then closes its database. */
export async function serveApp(app: App, db: Closable): Promise<void> {
  // There is no login, so nobody but this machine is served.
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: settings.port }, ({ port }) => {
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
}
