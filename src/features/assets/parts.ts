import { Hono } from "hono";
import { requestTimeout, securityHeaders } from "@/http/front";
import { addressLimits, type RateLimits } from "@/http/limits";
import { onError } from "@/http/problem";
import type { Env } from "@/http/router";
import { AppError } from "@/platform/errors";
import type { FolderStorage } from "@/platform/storage/folder";
import { StorageError } from "@/platform/storage/storage";

type Deps = { storage: FolderStorage; limits: RateLimits };

/**
 * Takes the parts of uploads where there is no S3 to take them: raw bytes, for whoever has an address that was signed for
 * them, and so ahead of what guards the API. Type and length are signed as well.
 */
export function partsReceiver({ storage, limits }: Deps) {
  const app = new Hono<Env>();
  app.onError(onError);
  app.put("/:id/parts/:number", securityHeaders, requestTimeout, addressLimits(limits), async (c) => {
    const claims = await storage.tokens.verify(c.req.query("token") ?? "");
    const { id, number } = c.req.param();
    const signed = claims.key.endsWith(`/${id}`) && String(claims.number) === number;
    if (!signed) throw new AppError("forbidden", "This upload address was changed: read the upload for a new one.");
    if (c.req.header("content-type") !== claims.contentType)
      throw new AppError("unsupported_media_type", `Send this part with Content-Type ${claims.contentType}.`);
    const announced = c.req.header("content-length");
    if (announced !== undefined && Number(announced) !== claims.sizeBytes) throw wrongSize(claims.sizeBytes);
    await storage.receivePart(claims, (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>).catch(asRefusal);
    return c.body(null, 200);
  });
  return app;
}

const wrongSize = (sizeBytes: number) =>
  new AppError("invalid_request", `This part has exactly ${sizeBytes} bytes: send those.`);

function asRefusal(error: unknown): never {
  if (!(error instanceof StorageError)) throw error;
  if (error.kind === "missing")
    throw new AppError("upload_closed", "This upload is complete or was given up: begin a new one.", { cause: error });
  throw new AppError("invalid_request", `${error.message} Send the part again.`, { cause: error });
}
