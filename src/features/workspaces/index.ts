export { findMemberByEmail as memberByEmail } from "./queries";
export { isMember, membersByRole, workspaceKey, workspaceSettings } from "./service";
