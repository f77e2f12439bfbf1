import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";

/** A way to a server that breaks once. */
export interface BreakingProxy {
  readonly port: number;
  readonly close: () => void;
}

/**
 * Opens a way to a server that breaks when certain words have been handed on, and before the answer to them.
 *
 * @param serverPort of the server, on 127.0.0.1
 */
export async function startBreakingProxy(serverPort: number, words: string): Promise<BreakingProxy> {
  const proxy = createServer((client) => {
    const server = connect(serverPort, "127.0.0.1").on("error", () => undefined);
    let isBroken = false;
    client.on("error", () => undefined);
    client.on("data", (chunk) => {
      isBroken ||= chunk.includes(words);
      server.write(chunk);
    });
    server.on("data", (chunk) => {
      // What comes now is the answer: it has been done.
      if (isBroken) client.destroy();
      else client.write(chunk);
    });
    client.on("close", () => server.end());
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  // A listener on a port has an address of this kind.
  const { port } = proxy.address() as AddressInfo;
  return { port, close: () => proxy.close() };
}
