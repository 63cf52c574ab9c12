import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { read, readAs, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { Keyring } from "@/platform/secrets";
import * as contract from "./contract";
import { createFileLinks } from "./files/links";
import { fileUrl } from "./files/reader";
import { sendFile, servedFile } from "./files/sending";
import { foldersRoutes } from "./folders/routes";
import * as service from "./service";
import { uploadsRoutes } from "./uploads/routes";
import type { UploadsDeps } from "./uploads/service";

export type AssetsDeps = UploadsDeps & { keyring: Keyring; publicUrl: string };

/** The bytes under an address never change; who was a member yesterday may have them still. */
const KEPT_BY_MEMBERS = "private, max-age=86400, immutable";
/** An address of a file holds for so long, in ms, and what was read by it may be kept for as long. */
const ADDRESS_LIFE_MS = 3_600_000;
const KEPT_BY_ANYONE = "private, max-age=3600, immutable";

export function assetsRoutes(deps: AssetsDeps) {
  const links = createFileLinks(deps.keyring, deps.clock);
  return createRouter()
    .route("/", uploadsRoutes(deps))
    .route("/", foldersRoutes)
    .openapi(contract.getFile, async (c) => {
      const file = await links.open(c.req.valid("query").token);
      // It was made to be shown elsewhere.
      c.header("Cross-Origin-Resource-Policy", "cross-origin");
      return sendFile(c, deps, file, KEPT_BY_ANYONE) as never;
    })
    .openapi(contract.listAssets, (c) =>
      read(c, contract.AssetPage, (tx) => service.listAssets(tx, c.req.valid("query"))),
    )
    .openapi(contract.getAsset, (c) => read(c, contract.Asset, (tx) => service.getAsset(tx, c.req.valid("param").id)))
    .openapi(contract.updateAsset, (c) =>
      write(c, contract.Asset, 200, (tx, actor) =>
        service.updateAsset(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.removeAsset, (c) =>
      writeNothing(c, (tx, actor) => service.removeAsset(tx, actor, c.req.valid("param"))),
    )
    .openapi(contract.listAssetUsage, (c) =>
      readAs(c, contract.AssetUsage, (tx) =>
        service.listAssetUsage(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
      ),
    )
    .openapi(contract.getAssetContent, async (c) => {
      const sealed = await withWorkspace(c.var.db, claimOf(c), (tx) => service.findSealed(tx, c.req.valid("param").id));
      return sendFile(c, deps, servedFile(sealed, c.req.valid("query").variant), KEPT_BY_MEMBERS) as never;
    })
    .openapi(contract.getAssetUrl, async (c) => {
      const sealed = await withWorkspace(c.var.db, claimOf(c), (tx) => service.findSealed(tx, c.req.valid("param").id));
      const expiresAt = new Date(deps.clock.now().getTime() + ADDRESS_LIFE_MS);
      const token = await links.make(servedFile(sealed, c.req.valid("query").variant), expiresAt);
      const url = fileUrl(deps.publicUrl, token);
      return c.json(contract.AssetAddress.parse({ url, expiresAt }), 200);
    });
}
