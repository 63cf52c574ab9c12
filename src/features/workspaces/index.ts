export { findForClient as workspaceForClient } from "./queries";
export { isMember, membersByRole, workspaceKey, workspaceSettings } from "./service";
