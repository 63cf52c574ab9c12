export { isMember, membersByRole, workspaceKey, workspaceSettings } from "./service";
