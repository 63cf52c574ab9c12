import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { read, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { Clock } from "@/platform/clock";
import type { Storage } from "@/platform/storage/storage";
import * as contract from "./contract";
import * as service from "./service";
import * as uploads from "./uploads";

export type AssetsDeps = { storage: Storage; clock: Clock };

/** The storage is asked between transactions: each checks for itself who calls. */
export const assetsRoutes = (deps: AssetsDeps) =>
  createRouter()
    .openapi(contract.createUpload, async (c) => {
      const input = c.req.valid("json");
      const { workspaceId, contentType } = await withWorkspace(c.var.db, claimOf(c), async (tx, actor) => ({
        workspaceId: actor.workspaceId,
        contentType: await uploads.requireUploadable(tx, actor, input),
      }));
      const begun = await uploads.beginUpload(deps, workspaceId, contentType);
      let used = false;
      try {
        return await write(
          c,
          contract.Upload,
          201,
          async (tx, actor) => {
            const upload = await uploads.createUpload(tx, actor, input, { ...begun, contentType }, deps);
            used = true;
            return upload;
          },
          workspaceId,
          (upload) => ({ ...upload, parts: [] }),
        );
      } catch (error) {
        used = false;
        throw error;
      } finally {
        if (!used) await deps.storage.drop(begun);
      }
    })
    .openapi(contract.getUpload, async (c) => {
      const upload = await withWorkspace(c.var.db, claimOf(c), (tx) => uploads.findUpload(tx, c.req.valid("param").id));
      return c.json(contract.Upload.parse(await uploads.presentUpload(upload, deps)), 200);
    })
    .openapi(contract.completeUpload, async (c) => {
      const { id } = c.req.valid("param");
      await uploads.requireComplete(
        await withWorkspace(c.var.db, claimOf(c), (tx) => uploads.findUpload(tx, id)),
        deps,
      );
      return write(c, contract.Upload, 200, (tx, actor) => uploads.completeUpload(tx, actor, { id }, deps));
    })
    .openapi(contract.abortUpload, async (c) => {
      const upload = await withWorkspace(c.var.db, claimOf(c), (tx, actor) =>
        uploads.abortUpload(tx, actor, c.req.valid("param")),
      );
      await deps.storage.drop(uploads.stagedOf(upload));
      return c.body(null, 204);
    })
    .openapi(contract.listAssets, (c) =>
      read(c, contract.AssetPage, (tx) => service.listAssets(tx, c.req.valid("query"))),
    )
    .openapi(contract.getAsset, (c) => read(c, contract.Asset, (tx) => service.getAsset(tx, c.req.valid("param").id)));
