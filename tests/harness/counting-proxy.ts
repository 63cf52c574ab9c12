import { startTcpProxy } from "./tcp-proxy";

/**
 * Stands before Postgres and counts round trips: how often the client speaks after it was answered. Several packets of
 * one question count once, and so do several of one answer.
 */
export async function startCountingProxy(connectionString: string) {
  const address = new URL(connectionString);
  let trips = 0;
  const proxy = await startTcpProxy(Number(address.port), () => {
    let answered = true;
    return {
      up() {
        if (answered) trips += 1;
        answered = false;
      },
      down() {
        answered = true;
        return undefined;
      },
    };
  });
  address.hostname = "127.0.0.1";
  address.port = String(proxy.port);
  return { connectionString: address.href, roundTrips: () => trips, close: proxy.close };
}
