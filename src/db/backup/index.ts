export { loadBackup, type Restored, readHeader } from "./restore";
export { writeBackup } from "./write";
