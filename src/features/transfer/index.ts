export { openArchive } from "./archives";
export { askForImportHere, IMPORT_HERE, importHereTask } from "./here";
export { expireTask, exportTask, importTask, type TransferDeps } from "./jobs";
export { downloadExport, getExport, getImport, listImportEntries, startExport } from "./service";
