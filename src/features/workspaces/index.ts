export { findMemberByEmail as memberByEmail, findPerson } from "./queries";
export { isMember, membersByRole, updateWorkspace, workspaceKey, workspaceSettings } from "./service";
