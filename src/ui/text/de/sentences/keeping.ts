/** Of the audit log that is sent on, and of how long things are kept. */
export const keeping: Record<string, string> = {
  "It answered {status}.": "Die Antwort war {status}.",
  "There was no answer.": "Es kam keine Antwort.",
  "There is no such destination in this workspace.": "Dieses Ziel gibt es in diesem Workspace nicht.",
  "Only Admins have the audit log sent on: ask one of your workspace.":
    "Das Protokoll schicken nur Admins weiter: Fragen Sie jemanden davon in Ihrem Workspace.",
  "A workspace has at most {most} destinations: remove one first.":
    "Ein Workspace hat höchstens {most} Ziele: Entfernen Sie erst eines.",
  "This field is not known here.": "Dieses Feld gibt es hier nicht.",
  "Give this anew, together with what goes with it.": "Geben Sie dies neu an, mit allem, was dazugehört.",
  "Credentials go with their place, and are given anew with another.":
    "Zugangsdaten gehören zu ihrem Ziel: Geben Sie sie für ein anderes neu an.",
  "Only Admins say for how long something is kept: ask one of your workspace.":
    "Wie lange etwas aufbewahrt wird, sagen nur Admins: Fragen Sie jemanden davon in Ihrem Workspace.",
  "A legal hold keeps everything of this workspace: an Admin ends it under Settings, Audit log, before it is erased.":
    "Eine Aufbewahrungspflicht hält alles in diesem Workspace: Ein Admin hebt sie unter Einstellungen, Protokoll auf, bevor er gelöscht wird.",
  "Give {least} to {most} days.": "Geben Sie {least} bis {most} Tage an.",
};
