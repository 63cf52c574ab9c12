export { eraseTask } from "./jobs";
export { eraseAgain, eraseWhoCameBack } from "./service";
export { eraseWorkspaceTask } from "./workspace/jobs";
