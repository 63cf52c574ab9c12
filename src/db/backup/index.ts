export { loadBackup, readHeader } from "./restore";
export { writeBackup } from "./write";
