import analytics from "./analytics.json";
import auth from "./auth.json";
import client from "./client.json";
import common from "./common.json";
import content from "./content.json";
import review from "./review.json";
import roles from "./roles.json";
import shell from "./shell.json";
import status from "./status.json";
import workspaces from "./workspaces.json";

export const messages = { analytics, auth, client, common, content, review, roles, shell, status, workspaces };
