import bell from "./bell.json";
import common from "./common.json";
import content from "./content.json";
import roles from "./roles.json";
import shell from "./shell.json";
import status from "./status.json";
import views from "./views.json";

export const first = {
  bell,
  common,
  content,
  roles,
  shell,
  status,
  views,
};
