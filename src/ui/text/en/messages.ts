import analytics from "./analytics.json";
import assets from "./assets.json";
import audit from "./audit.json";
import auth from "./auth.json";
import channels from "./channels.json";
import client from "./client.json";
import comments from "./comments.json";
import common from "./common.json";
import content from "./content.json";
import details from "./details.json";
import distribution from "./distribution.json";
import editor from "./editor.json";
import item from "./item.json";
import personas from "./personas.json";
import review from "./review.json";
import roles from "./roles.json";
import settings from "./settings.json";
import shell from "./shell.json";
import status from "./status.json";
import transfer from "./transfer.json";
import versions from "./versions.json";
import workspaces from "./workspaces.json";

export const messages = {
  analytics,
  assets,
  audit,
  auth,
  channels,
  client,
  comments,
  common,
  content,
  details,
  distribution,
  editor,
  item,
  personas,
  review,
  roles,
  settings,
  shell,
  status,
  transfer,
  versions,
  workspaces,
};
