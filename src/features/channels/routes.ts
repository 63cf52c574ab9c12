import { withWorkspace } from "@/db/scope";
import { claimOf } from "@/http/authentication";
import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import type { Keyring } from "@/platform/secrets";
import * as contract from "./contract";
import * as service from "./service";
import * as wanted from "./wanted/service";

export type ChannelsDeps = service.Reach & { keyring: Keyring };

/** Networks are called between two transactions: each checks for itself that the caller is an Admin. */
export const channelsRoutes = (deps: ChannelsDeps) =>
  createRouter()
    .openapi(contract.listChannels, (c) =>
      read(c, contract.ChannelPage, (tx) => service.listChannels(tx, c.req.valid("query"))),
    )
    .openapi(contract.connectChannel, async (c) => {
      const input = c.req.valid("json");
      await withWorkspace(c.var.db, claimOf(c), async (_tx, actor) => service.requireAdmin(actor));
      const connected = await service.tryCredentials(deps, input);
      return write(
        c,
        contract.ConnectedChannel,
        201,
        (tx, actor) => service.connectChannel(tx, actor, { network: input.network, connected }, deps),
        undefined,
        ({ reveal, ...kept }) => kept,
      );
    })
    .openapi(contract.getChannel, (c) =>
      read(c, contract.Channel, (tx) => service.getChannel(tx, c.req.valid("param").id)),
    )
    .openapi(contract.checkChannel, async (c) => {
      const { id } = c.req.valid("param");
      const enter: service.Opening["enter"] = (work) => withWorkspace(c.var.db, claimOf(c), work);
      const { network, account } = await withWorkspace(c.var.db, claimOf(c), (tx, actor) =>
        service.openForCheck(tx, actor, { id }, { keyring: deps.keyring, enter }),
      );
      const health = await service.tryAccount(deps, network, account);
      return write(c, contract.Channel, 200, (tx, actor) => service.checkChannel(tx, actor, account, health));
    })
    .openapi(contract.updateChannel, (c) =>
      write(c, contract.Channel, 200, (tx, actor) =>
        service.updateChannel(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.disconnectChannel, (c) =>
      writeNothing(c, (tx, actor) => service.disconnectChannel(tx, actor, c.req.valid("param"))),
    )
    .openapi(contract.listWantedChannels, (c) => read(c, contract.WantedChannels, wanted.listWantedChannels))
    .openapi(contract.dismissWantedChannel, (c) =>
      writeNothing(c, (tx, actor) => wanted.dismissWantedChannel(tx, actor, c.req.valid("param"))),
    );
