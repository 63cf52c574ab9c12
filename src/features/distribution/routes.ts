import type { Channels } from "@/channels/registry";
import { read, readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as postingTimes from "./posting-times/service";
import * as service from "./service";

export type DistributionDeps = { channels: Channels; publicUrl: string };

export const distributionRoutes = (deps: DistributionDeps) =>
  createRouter()
    .openapi(contract.createSchedule, (c) =>
      write(c, contract.PlannedSchedule, 201, (tx, actor) =>
        service.createSchedule(tx, actor, { ...c.req.valid("json"), now: c.var.clock.now() }, deps),
      ),
    )
    .openapi(contract.scheduleNext, (c) =>
      write(c, contract.PlannedSchedule, 201, (tx, actor) =>
        service.scheduleNext(tx, actor, { ...c.req.valid("json"), now: c.var.clock.now() }, deps),
      ),
    )
    .openapi(contract.getPostingTimes, (c) =>
      readAs(c, contract.PostingTimes, (tx) =>
        postingTimes.getPostingTimes(tx, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    )
    .openapi(contract.setPostingTimes, (c) =>
      write(c, contract.PostingTimes, 200, (tx, actor) =>
        postingTimes.setPostingTimes(tx, actor, {
          ...c.req.valid("param"),
          ...c.req.valid("json"),
          now: c.var.clock.now(),
        }),
      ),
    )
    .openapi(contract.listSchedules, (c) =>
      readAs(c, contract.SchedulePage, (tx) => service.listSchedules(tx, c.req.valid("query"))),
    )
    .openapi(contract.getScheduleStatus, (c) =>
      read(c, contract.ScheduleState, (tx) => service.getScheduleStatus(tx, c.req.valid("param"))),
    )
    .openapi(contract.reschedule, (c) =>
      write(c, contract.PlannedSchedule, 200, (tx, actor) =>
        service.reschedule(
          tx,
          actor,
          { ...c.req.valid("param"), ...c.req.valid("json"), now: c.var.clock.now() },
          deps,
        ),
      ),
    )
    .openapi(contract.cancelSchedule, (c) =>
      write(c, contract.Schedule, 200, (tx, actor) => service.cancelSchedule(tx, actor, c.req.valid("param"))),
    )
    .openapi(contract.retrySchedule, (c) =>
      write(c, contract.Schedule, 200, (tx, actor) => service.retrySchedule(tx, actor, c.req.valid("param"))),
    )
    .openapi(contract.resolveSchedule, (c) =>
      write(c, contract.Schedule, 200, (tx, actor) =>
        service.resolveSchedule(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
      ),
    )
    .openapi(contract.removePublication, (c) =>
      write(c, contract.Schedule, 200, (tx, actor) => service.removePublication(tx, actor, c.req.valid("param"), deps)),
    );
