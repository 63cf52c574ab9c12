import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * Stands before Postgres and counts round trips: how often the client speaks after it was answered. Several packets of
 * one question count once, and so do several of one answer.
 */
export async function startCountingProxy(connectionString: string) {
  const upstream = new URL(connectionString);
  const sockets = new Set<Socket>();
  let trips = 0;
  const server = createServer((client) => {
    const onward = connect(Number(upstream.port), upstream.hostname);
    let answered = true;
    client.on("data", (packet) => {
      if (answered) trips += 1;
      answered = false;
      onward.write(packet);
    });
    onward.on("data", (packet) => {
      answered = true;
      client.write(packet);
    });
    const pair = [client, onward];
    for (const socket of pair) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        for (const one of pair) one.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = new URL(connectionString);
  address.hostname = "127.0.0.1";
  address.port = String((server.address() as AddressInfo).port);
  return {
    connectionString: address.href,
    roundTrips: () => trips,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
