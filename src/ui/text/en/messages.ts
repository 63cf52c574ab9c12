import channels from "./channels.json";
import common from "./common.json";
import distribution from "./distribution.json";
import review from "./review.json";
import roles from "./roles.json";
import shell from "./shell.json";
import status from "./status.json";

export const messages = { channels, common, distribution, review, roles, shell, status };
