import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What happens to the packets of one connection. */
type Watch = {
  up?: (packet: Buffer) => void;
  /** Answers how many bytes of the packet still come through, where the connection is to be cut in it. */
  down?: (packet: Buffer) => number | undefined;
};

/** Stands before a server of this machine and passes on what both sides say. */
export async function startTcpProxy(upstreamPort: number, watch: () => Watch) {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const onward = connect(upstreamPort, "127.0.0.1");
    const pair = [client, onward];
    const cut = () => {
      for (const one of pair) one.destroy();
    };
    const { up, down } = watch();
    client.on("data", (packet) => {
      up?.(packet);
      onward.write(packet);
    });
    onward.on("data", (packet) => {
      const through = down?.(packet);
      if (through === undefined) client.write(packet);
      else client.write(packet.subarray(0, through), cut);
    });
    for (const socket of pair) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        cut();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
