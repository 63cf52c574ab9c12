import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const personasRoutes = createRouter()
  .openapi(contract.listPersonas, (c) =>
    read(c, contract.PersonaPage, (tx) => service.listPersonas(tx, c.req.valid("query"))),
  )
  .openapi(contract.createPersona, (c) =>
    write(c, contract.Persona, 201, (tx, actor) => service.createPersona(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.getPersona, (c) =>
    read(c, contract.Persona, (tx) => service.getPersona(tx, c.req.valid("param").id)),
  )
  .openapi(contract.updatePersona, (c) =>
    write(c, contract.Persona, 200, (tx, actor) =>
      service.updatePersona(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.removePersona, (c) =>
    writeNothing(c, (tx, actor) => service.removePersona(tx, actor, c.req.valid("param"))),
  );
