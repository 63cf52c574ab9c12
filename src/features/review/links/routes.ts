import { read, readAs, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { newToken } from "@/platform/secrets";
import { sealPasscode } from "../passcode";
import * as contract from "./contract";
import * as service from "./service";

/** A passcode is hashed before the transaction begins: it takes long on purpose. */
export const linksRoutes = ({ publicUrl }: { publicUrl: string }) =>
  createRouter()
    .openapi(contract.createReviewLink, async (c) => {
      const input = c.req.valid("json");
      const made = { token: newToken(), sealed: await sealPasscode(input.passcode), now: c.var.clock.now(), publicUrl };
      return write(
        c,
        contract.IssuedReviewLink,
        201,
        (tx, actor) => service.createReviewLink(tx, actor, { ...input, ...made }),
        undefined,
        ({ url, ...kept }) => kept,
      );
    })
    .openapi(contract.listReviewLinks, (c) =>
      read(c, contract.ReviewLinkPage, (tx) => service.listReviewLinks(tx, c.req.valid("query"))),
    )
    .openapi(contract.getReviewLink, (c) =>
      readAs(c, contract.ReviewLinkWithGuests, (tx) => service.getReviewLink(tx, c.req.valid("param"))),
    )
    .openapi(contract.updateReviewLink, async (c) => {
      const input = c.req.valid("json");
      const made = { sealed: await sealPasscode(input.passcode), now: c.var.clock.now() };
      return write(c, contract.ReviewLink, 200, (tx, actor) =>
        service.updateReviewLink(tx, actor, { ...c.req.valid("param"), ...input, ...made }),
      );
    })
    .openapi(contract.revokeReviewLink, (c) =>
      writeNothing(c, (tx, actor) =>
        service.revokeReviewLink(tx, actor, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    )
    .openapi(contract.addReviewItems, (c) =>
      write(c, contract.ReviewLink, 200, (tx, actor) =>
        service.addReviewItems(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.removeReviewItem, (c) =>
      writeNothing(c, (tx, actor) => service.removeReviewItem(tx, actor, c.req.valid("param"))),
    );
