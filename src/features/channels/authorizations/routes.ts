import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { Keyring } from "@/platform/secrets";
import { ConnectedChannel } from "../contract";
import { connectChannel, type Reach, tryCredentials } from "../service";
import * as contract from "./contract";
import * as service from "./service";

export type AuthorizationsDeps = Reach & { keyring: Keyring; publicUrl: string };

/** Before those of channels, whose ids would be met first. */
export const authorizationsRoutes = (deps: AuthorizationsDeps) =>
  createRouter()
    .openapi(contract.listAuthorizedNetworks, (c) =>
      // No statement of its own would enter the workspace.
      readAs(c, contract.AuthorizedNetworks, async () => service.listAuthorizedNetworks(deps)),
    )
    .openapi(contract.beginAuthorization, async (c) => {
      // Kept for no repeated request: the state in it is a secret, of which we know the hash alone.
      const begun = await withWorkspace(c.var.db, claimOf(c), (tx, actor) =>
        service.beginAuthorization(tx, actor, c.req.valid("json"), deps),
      );
      return c.json(contract.BegunAuthorization.parse(begun), 200);
    })
    .openapi(contract.completeAuthorization, async (c) => {
      const { state, code } = c.req.valid("json");
      const network = await withWorkspace(c.var.db, claimOf(c), (tx, actor) =>
        service.takeAuthorization(tx, actor, { state }, deps),
      );
      const connected = await tryCredentials(deps, {
        network,
        code,
        redirectUri: service.callbackUrl(deps.publicUrl),
      });
      return write(c, ConnectedChannel, 200, (tx, actor) => connectChannel(tx, actor, { network, connected }, deps));
    });
