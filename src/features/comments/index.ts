export { type ClientComment, commentsForClient, sayAsClient } from "./client/service";
export { listReplies, listThreads, openThread, replyToThread, resolveThread } from "./service";
