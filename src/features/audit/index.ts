export { type AuditEntry, record } from "./service";
