export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "@/entry/serverless";
