export { type ClientComment, commentsForClient, sayAsClient } from "./client/service";
