import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** Makes a cache forget the page at an address. Throws where the cache did not say that it did. */
export type Purge = (url: string) => Promise<void>;

const TIMEOUT_MS = 5_000;

/**
 * `PURGE` for each address, sent to the cache itself with the address's own host: what Varnish, nginx and Souin take.
 * A 404 says that the page was not kept. @param cacheUrl of the cache, such as http://varnish:6081
 */
export const createPurge =
  (cacheUrl: string): Purge =>
  async (url) => {
    const { host, pathname, search } = new URL(url);
    const cache = new URL(cacheUrl);
    const request = cache.protocol === "https:" ? requestHttps : requestHttp;
    const path = `${cache.pathname.replace(/\/$/, "")}${pathname}${search}`;
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(cache, { method: "PURGE", path, headers: { host }, timeout: TIMEOUT_MS, agent: false });
      sent.on("response", (response) => {
        response.resume();
        response.on("error", reject);
        resolve(response.statusCode ?? 0);
      });
      sent.on("timeout", () => sent.destroy(new Error(`The cache did not answer within ${TIMEOUT_MS} ms`)));
      sent.on("error", reject);
      sent.end();
    });
    if ((status < 200 || status >= 300) && status !== 404)
      throw new Error(`The cache answered ${status} to PURGE ${host}${pathname}`);
  };
