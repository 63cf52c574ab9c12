export { isMember, memberNames, membersByRole, workspaceKey, workspaceSettings } from "./service";
