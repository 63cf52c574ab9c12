import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const tagsRoutes = createRouter()
  .openapi(contract.listTags, (c) => read(c, contract.TagPage, (tx) => service.listTags(tx, c.req.valid("query"))))
  .openapi(contract.createTag, (c) =>
    write(c, contract.Tag, 201, (tx, actor) => service.createTag(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.getTag, (c) => read(c, contract.Tag, (tx) => service.getTag(tx, c.req.valid("param").id)))
  .openapi(contract.updateTag, (c) =>
    write(c, contract.Tag, 200, (tx, actor) =>
      service.updateTag(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.mergeTag, (c) =>
    write(c, contract.Tag, 200, (tx, actor) =>
      service.mergeTag(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.removeTag, (c) =>
    writeNothing(c, (tx, actor) => service.removeTag(tx, actor, { ...c.req.valid("param"), ...c.req.valid("query") })),
  );
