export { eraseTask } from "./jobs";
export { eraseAgain } from "./service";
export { eraseWorkspaceTask } from "./workspace/jobs";
