export { findForClient as workspaceForClient, findMemberByEmail as memberByEmail, findPerson } from "./queries";
export { isMember, listWorkspaces, membersByRole, updateWorkspace, workspaceKey, workspaceSettings } from "./service";
