import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import type { Live } from "./live";
import * as service from "./service";
import { answerStream } from "./stream";

type Deps = {
  /** The streams of this process; null where it can hold none open. */
  live: Live | null;
};

export const eventsRoutes = ({ live }: Deps) =>
  createRouter()
    .openapi(contract.listEvents, (c) =>
      read(c, contract.EventPage, (tx) => service.listEvents(tx, c.req.valid("query"), c.var.clock.now())),
    )
    .openapi(contract.streamEvents, (c) => {
      const { after, workspaceId, ...asked } = c.req.valid("query");
      const lastEventId = c.req.valid("header")["last-event-id"];
      return answerStream(c, live, { ...asked, after: lastEventId || after, workspaceId }) as never;
    })
    .openapi(contract.setPresence, (c) =>
      write(c, contract.PresenceList, 200, (tx, actor) =>
        service.setPresence(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.listPresence, (c) =>
      read(c, contract.PresenceList, (tx) => service.listPresence(tx, c.req.valid("param"))),
    )
    .openapi(contract.endPresence, (c) =>
      writeNothing(c, (tx, actor) =>
        service.endPresence(tx, actor, { ...c.req.valid("param"), ...c.req.valid("query") }),
      ),
    );
