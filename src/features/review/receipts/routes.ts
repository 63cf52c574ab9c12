import type { IdentityService } from "@/features/auth";
import { readAsGuest } from "@/http/guests";
import { read, readAs } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

/** As those of tokens, in seconds. */
const KEYS_SECONDS = 300;

export const receiptsRoutes = ({ identity }: { identity: IdentityService }) =>
  createRouter()
    .openapi(contract.getReceipt, (c) => {
      const { id } = c.req.valid("param");
      return c.var.guest
        ? readAsGuest(c, contract.Receipt, (tx) => service.getReceipt(tx, { id }))
        : read(c, contract.Receipt, (tx) => service.getReceipt(tx, { id }));
    })
    .openapi(contract.listReceipts, (c) =>
      readAs(c, contract.ReceiptPage, (tx) =>
        service.listReceipts(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
      ),
    )
    .openapi(contract.getReceiptKeys, async (c) => {
      c.header("Cache-Control", `public, max-age=${KEYS_SECONDS}`);
      return c.json(contract.ReceiptKeys.parse(await identity.getAllKeys()), 200);
    });
