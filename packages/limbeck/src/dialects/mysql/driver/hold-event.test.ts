import { describe, expect, it } from "vitest";
import { holdEvent } from "./hold-event.ts";

const HELD = "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE ON SLAVE DO SELECT 1";

describe("an event on a scratch database", () => {
  it("rests, whatever its statement says of it", () => {
    expect(holdEvent("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1")).toBe(HELD);
    expect(holdEvent("CREATE EVENT e ON SCHEDULE EVERY 1 DAY ENABLE DO SELECT 1")).toBe(HELD);
    expect(holdEvent(HELD)).toBe(HELD);
    expect(holdEvent("create or replace definer=a@b event `do` ON SCHEDULE AT 'ENABLE' COMMENT 'DO' DO enable")).toBe(
      "create or replace definer=a@b event `do` ON SCHEDULE AT 'ENABLE' DISABLE ON SLAVE COMMENT 'DO' DO enable",
    );
    expect(holdEvent("ALTER EVENT e ENABLE")).toBe("ALTER EVENT e DISABLE ON SLAVE");
  });

  it("stays switched off where it is, and nothing else is changed", () => {
    for (const sql of [
      "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1",
      "ALTER EVENT e COMMENT 'ENABLE'",
      "CREATE TABLE event (enable int)",
      "SELECT 'CREATE EVENT e ENABLE'",
      "DROP EVENT e",
    ]) {
      expect(holdEvent(sql)).toBe(sql);
    }
  });
});
