import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const foldersRoutes = createRouter()
  .openapi(contract.listFolders, (c) =>
    read(c, contract.FolderPage, (tx) => service.listFolders(tx, c.req.valid("query"))),
  )
  .openapi(contract.createFolder, (c) =>
    write(c, contract.Folder, 201, (tx, actor) => service.createFolder(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.updateFolder, (c) =>
    write(c, contract.Folder, 200, (tx, actor) =>
      service.updateFolder(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.removeFolder, (c) =>
    writeNothing(c, (tx, actor) => service.removeFolder(tx, actor, c.req.valid("param"))),
  );
