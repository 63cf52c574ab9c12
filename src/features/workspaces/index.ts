export { findForClient as workspaceForClient, findMemberByEmail as memberByEmail, findPerson } from "./queries";
export {
  formerSlugs,
  isMember,
  listWorkspaces,
  membersByRole,
  updateWorkspace,
  workspaceKey,
  workspaceSettings,
} from "./service";
export { beginSupport, endSupport, tellSupportTask } from "./support/service";
