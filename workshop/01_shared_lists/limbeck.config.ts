import { defineConfig } from "limbeck";

export default defineConfig({
  url: "sqlite:todo.db",
  models: () => import("./app/models.ts"),
  // The history goes on where the first workshop ends.
  versionLocations: ["../00_personal_todo/migrations/versions", "migrations/versions"],
  idStyle: "date-serial",
});
