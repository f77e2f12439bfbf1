import { describe, expect, it } from "vitest";
import type { Connection, Row } from "../../../dialect/connection.ts";
import { REPLICAS } from "./replica-rules.ts";

const ROW: Row = {
  state: "streaming",
  name: "reports",
  address: "10.0.0.1",
  replayed: "5",
  position: "5",
  told: null,
  own: "me",
};

/** Looks at a server that answers one look after the other with these rows, and gives the names that it finds. */
async function listNames(answers: readonly (readonly Row[])[], replicas?: readonly string[]): Promise<unknown> {
  const left = [...answers];
  const connection = { query: async () => left.shift() ?? [] } as unknown as Connection;
  const connect = () => Promise.reject(new Error("nobody is to be connected to"));
  const watch = REPLICAS.watch(connection, { connect, ...(replicas && { replicas }) });
  const names: unknown[] = [];
  for (const _ of answers) names.push((await watch.read()).map(({ kind, replica }) => `${replica} ${kind}`));
  return names;
}

describe("the name of a replica", () => {
  it("is that of the config, whether it is there or not, so that it does not seem to be two", async () => {
    expect(await listNames([[ROW], [], [ROW]], ["reports"])).toEqual([
      ["reports follows"],
      ["reports unreachable"],
      ["reports follows"],
    ]);
  });

  it("shows no password where somebody has written a URL", async () => {
    expect(await listNames([[ROW]], ["postgres://me:secret@host/app"])).toEqual([
      ["postgres://me:***@host/app unreachable"],
    ]);
  });

  it("has the address with it where nobody has named it", async () => {
    expect(await listNames([[ROW]])).toEqual([["reports (10.0.0.1) follows"]]);
  });
});
