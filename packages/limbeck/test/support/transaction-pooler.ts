import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** How clients share the sessions of the server. */
export type PoolMode = "session" | "transaction";

/** A pooler in front of a server that lets everybody in. */
export interface Pooler {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const KEY_DATA = "K".charCodeAt(0);
const READY = "Z".charCodeAt(0);
const TERMINATE = "X".charCodeAt(0);
const IDLE = "I".charCodeAt(0);

/** Cuts a stream of the protocol into messages; https://www.postgresql.org/docs/current/protocol-message-formats.html */
function createCutter(onMessage: (message: Buffer) => void, isStarted = false): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let isFirst = !isStarted;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // The first message of a client has no letter in front of its length.
      const offset = isFirst ? 0 : 1;
      if (rest.length < offset + 4) return;
      const size = offset + rest.readInt32BE(offset);
      if (rest.length < size) return;
      const message = rest.subarray(0, size);
      rest = rest.subarray(size);
      isFirst = false;
      onMessage(message);
    }
  };
}

/** One session with the server that all clients share, each from its first message until a transaction is over. */
class SharedSession {
  readonly #server: Socket;
  readonly #waiting: { readonly client: Socket; readonly message: Buffer }[] = [];
  #owner: Socket | undefined;
  /** What the server says to a client that has come in. */
  #greeting: Buffer = Buffer.alloc(0);

  constructor(port: number) {
    this.#server = connect(port, "127.0.0.1");
    this.#server.on(
      "data",
      createCutter((message) => this.#answer(message), true),
    );
    this.#server.on("error", () => undefined);
  }

  start(client: Socket, message: Buffer): void {
    if (this.#greeting.at(-6) === READY) client.write(this.#greeting);
    else {
      this.#owner = client;
      this.#server.write(message);
    }
  }

  ask(client: Socket, message: Buffer): void {
    if (message[0] === TERMINATE) client.end();
    else if (this.#owner === undefined || this.#owner === client) {
      this.#owner = client;
      this.#server.write(message);
    } else this.#waiting.push({ client, message });
  }

  end(): void {
    this.#server.destroy();
  }

  #answer(message: Buffer): void {
    // A pooler has numbers of its own for its clients.
    if (message[0] === KEY_DATA) message.writeInt32BE(message.readInt32BE(5) ^ 0x5a_5a, 5);
    if (this.#greeting.at(-6) !== READY) this.#greeting = Buffer.concat([this.#greeting, message]);
    this.#owner?.write(message);
    if (message[0] === READY && message[5] === IDLE) this.#free();
  }

  #free(): void {
    this.#owner = undefined;
    const [next] = this.#waiting;
    if (!next) return;
    const own = this.#waiting.filter(({ client }) => client === next.client);
    this.#waiting.splice(0, Infinity, ...this.#waiting.filter(({ client }) => client !== next.client));
    for (const { client, message } of own) this.ask(client, message);
  }
}

/**
 * Starts a pooler of our own. With `transaction`, every client of a database gets the same session of the server, as with PgBouncer in that mode and a pool of one; with
 * `session`, one for itself.
 */
export async function startPooler(serverPort: number, mode: PoolMode): Promise<Pooler> {
  const sessions = new Map<string, SharedSession>();
  const sockets = new Set<Socket>();
  const serve = (client: Socket): void => {
    sockets.add(client.on("error", () => undefined));
    if (mode === "session") {
      const server = connect(serverPort, "127.0.0.1").on("error", () => undefined);
      client.pipe(server).pipe(client);
      return;
    }
    let session: SharedSession | undefined;
    client.on(
      "data",
      createCutter((message) => {
        if (session) return session.ask(client, message);
        const key = /\0database\0([^\0]*)/.exec(message.toString("latin1"))?.[1] ?? "";
        session = sessions.get(key) ?? new SharedSession(serverPort);
        sessions.set(key, session);
        return session.start(client, message);
      }),
    );
  };
  const listener = createServer(serve).listen(0, "127.0.0.1");
  await once(listener, "listening");
  // A listener on a port has an address of this kind.
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    stop: async () => {
      for (const session of sessions.values()) session.end();
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
}
