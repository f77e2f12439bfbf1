import { once } from "node:events";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { join } from "node:path";
import { checkServerIdentity, connect as connectTls, type TLSSocket } from "node:tls";
import { isSocketFolder, type ServerSettings, type TlsSettings } from "./settings/server-settings.ts";

/** A way to a server. */
export interface OpenSocket {
  readonly socket: Socket | TLSSocket;
  readonly isEncrypted: boolean;
  /** The port on this side, by which a server knows who it speaks with; undefined for sockets of the same machine. */
  readonly localPort: number | undefined;
}

/** Asks a server to go on encrypted; it answers with one letter. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL */
const SSL_REQUEST: Uint8Array = new Uint8Array([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

async function askForEncryption(socket: Socket): Promise<boolean> {
  socket.write(SSL_REQUEST);
  // An answer of one letter, and nothing behind it, which nobody could have said yet but somebody in between (CVE-2021-23222).
  const [answer]: unknown[] = await once(socket, "data");
  if (!(answer instanceof Uint8Array) || answer.length !== 1)
    throw new TlsFailure("The server does not know of encryption.");
  return answer[0] === "S".charCodeAt(0);
}

async function encrypt(socket: Socket, host: string, tls: TlsSettings): Promise<TLSSocket> {
  const isVerified = tls.mode === "verify-ca" || tls.mode === "verify-full";
  const encrypted = connectTls({
    socket,
    ...(isIP(host) === 0 && { servername: host }),
    ...(tls.isDirect && { ALPNProtocols: ["postgresql"] }),
    ...(tls.ca !== undefined && { ca: tls.ca }),
    ...(tls.cert !== undefined && { cert: tls.cert }),
    ...(tls.key !== undefined && { key: tls.key }),
    ...(tls.passphrase !== undefined && { passphrase: tls.passphrase }),
    rejectUnauthorized: isVerified,
    // verify-ca asks who vouches for the server, and not what it is called. Left to itself, Node would ask for "localhost" where the host is an address.
    checkServerIdentity: (_, certificate) =>
      tls.mode === "verify-full" ? checkServerIdentity(host, certificate) : undefined,
  });
  await once(encrypted, "secureConnect");
  return encrypted;
}

/** The way is there, but cannot be protected as it is to be. */
export class TlsFailure extends Error {}

async function secure(socket: Socket, { host, tls }: ServerSettings): Promise<Omit<OpenSocket, "localPort">> {
  if (!tls.isDirect && !(await askForEncryption(socket))) {
    if (tls.mode === "prefer") return { socket, isEncrypted: false };
    throw new TlsFailure("The server offers no encryption.");
  }
  try {
    return { socket: await encrypt(socket, host, tls), isEncrypted: true };
  } catch (error) {
    throw new TlsFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Opens the way to a server, encrypted as the settings want it. It is done here, and not by the drivers, because each of them means something else by the same
 * words: to one, `sslmode=require` verifies the certificate, to another, `verify-full` does not.
 *
 * @param isEncryptionWanted false to go without, where the mode leaves the choice
 * @throws TlsFailure, or the system's own error
 */
export async function openSocket(settings: ServerSettings, isEncryptionWanted: boolean): Promise<OpenSocket> {
  const { host, port, connectTimeout } = settings;
  const socket = isSocketFolder(host)
    ? connectTcp({ path: join(host, `.s.PGSQL.${port}`) })
    : connectTcp({ host, port, noDelay: true, keepAlive: true });
  const tooLate = (): void => void socket.destroy(new Error(`timeout expired after ${connectTimeout / 1000} s`));
  const timer = connectTimeout === 0 ? undefined : setTimeout(tooLate, connectTimeout);
  try {
    await once(socket, "connect");
    const { localPort } = socket;
    return { localPort, ...(isEncryptionWanted ? await secure(socket, settings) : { socket, isEncrypted: false }) };
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
