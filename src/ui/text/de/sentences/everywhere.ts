/** What any room may answer. */
export const everywhere: Record<string, string> = {
  "Viewers read: ask an Admin for the Writer's role.":
    "Wer nur liest, kann das nicht: Bitten Sie einen Admin um die Rolle Writer.",
  "Only Admins do this: ask one of your workspace.": "Das tun nur Admins: Fragen Sie einen Ihres Workspace.",
  "Your role in this workspace does not allow this.": "Ihre Rolle in diesem Workspace erlaubt das nicht.",
  "There is no such thing here.": "Das gibt es hier nicht.",
  "There is no such content item in this workspace.": "Diesen Beitrag gibt es in diesem Workspace nicht.",
  "There is no such channel in this workspace.": "Diesen Kanal gibt es in diesem Workspace nicht.",
  "There is no such file.": "Diese Datei gibt es nicht.",
  "There is no such {kind} in this workspace.": "Das gibt es in diesem Workspace nicht.",
  "Name a {kind} of this workspace.": "Wählen Sie etwas aus diesem Workspace.",
  "No {kind} of this workspace has this id.": "Das gibt es in diesem Workspace nicht.",
  "No member of this workspace has this id.": "Diese Person ist kein Mitglied dieses Workspace.",
  "This item is archived: restore it first.": "Dieser Beitrag ist archiviert: Stellen Sie ihn erst wieder her.",
  "“{title}” is archived: restore it first.": "„{title}“ ist archiviert: Stellen Sie es erst wieder her.",
  "This {what} was changed meanwhile: merge with it and save again.":
    "Das wurde inzwischen geändert: Sehen Sie es sich an, und speichern Sie noch einmal.",
  "This exists already, or somebody else just made it: look again and decide anew.":
    "Das gibt es schon, oder jemand anderes hat es gerade angelegt: Sehen Sie noch einmal nach.",
  "Somebody else changed this at the same moment: try again.":
    "Jemand anderes hat das im selben Augenblick geändert: Versuchen Sie es noch einmal.",
  "Somebody else is changing this right now: try again.":
    "Jemand anderes ändert das gerade: Versuchen Sie es noch einmal.",
  "This took too long and was stopped; nothing was changed. Try again.":
    "Das dauerte zu lange und wurde abgebrochen; geändert wurde nichts. Versuchen Sie es noch einmal.",
  "This took too long; look whether it was done before you try again.":
    "Das dauerte zu lange: Sehen Sie nach, ob es geschehen ist, bevor Sie es noch einmal versuchen.",
  "ContentOS lost its database for a moment. Try again, with the same Idempotency-Key where you sent one: what was done is not done twice.":
    "ContentOS hatte für einen Augenblick keine Datenbank. Versuchen Sie es noch einmal: Was geschehen ist, geschieht nicht doppelt.",
  "The storage of files can't be reached for a moment: try again.":
    "Der Speicher der Dateien ist gerade nicht zu erreichen: Versuchen Sie es noch einmal.",
  "The storage of files can't be read at this moment.": "Der Speicher der Dateien ist gerade nicht zu lesen.",
  "A request with this key is under way: try again.": "Das ist schon unterwegs: Versuchen Sie es gleich noch einmal.",
  "A request with this key is under way, or was cut off: try again with a new key.":
    "Das ist schon unterwegs oder brach ab: Laden Sie die Seite neu, und sehen Sie nach.",
  "Correct these fields and send the request again: {names}.": "Korrigieren Sie diese Angaben: {names}.",
  "Correct these attributes: {names}. {why}": "Korrigieren Sie diese Angaben: {names}. {why}",
  "The body is larger than this operation takes.": "Das ist zu groß: Teilen Sie es auf.",
  "A body may have at most {bytes} bytes.": "Das ist zu groß, höchstens {bytes} Byte: Teilen Sie es auf.",
  "The body is nested deeper than {levels} levels.": "Das ist tiefer als {levels} Ebenen verschachtelt.",
  "The text has characters that can't be stored: take them out.":
    "Im Text sind Zeichen, die sich nicht speichern lassen: Nehmen Sie sie heraus.",
  "The text has characters that can't be stored, such as NUL: take them out.":
    "Im Text sind Zeichen, die sich nicht speichern lassen, wie NUL: Nehmen Sie sie heraus.",
  "NUL characters and lone surrogates can't be stored.": "NUL-Zeichen und halbe Zeichen lassen sich nicht speichern.",
  "The text is longer than {most} characters. Divide it.":
    "Der Text ist länger als {most} Zeichen: Teilen Sie ihn auf.",
  "This Markdown is nested too deeply or has too many brackets or stars in one block.":
    "Dieses Markdown ist zu tief verschachtelt, oder ein Absatz hat zu viele Klammern oder Sternchen.",
  "Files can't be kept on this deployment: have S3_BUCKET and its keys set.":
    "Auf dieser Installation lassen sich keine Dateien verwahren: Bitten Sie, wer sie betreibt, einen Speicher einzurichten.",
  "Use a time such as 2026-03-29T14:30:00+02:00, or 2026-03-29T14:30 with a time zone.":
    "Geben Sie eine Zeit wie 2026-03-29T14:30:00+02:00 an, oder 2026-03-29T14:30 mit einer Zeitzone.",
  "A time without an offset needs a time zone, such as Europe/Berlin.":
    "Zu dieser Zeit gehört eine Zeitzone, wie Europe/Berlin.",
  "{time} happens twice in {zone}, since the clocks go back. The first is meant, at {first}; for the second, give {second}.":
    "{time} gibt es in {zone} zweimal, weil die Uhr zurückgestellt wird. Gemeint ist das erste Mal, {first}; für das zweite geben Sie {second} an.",
  "{time} does not exist in {zone}: the clocks go from {from} straight to {to}. The next valid time is {next}.":
    "{time} gibt es in {zone} nicht: Die Uhr springt von {from} auf {to}. Die nächste Zeit, die es gibt, ist {next}.",
  "The period ends before it begins: give a from that is earlier than to.": "Der Zeitraum endet, bevor er beginnt.",
  "A period has at most {days} days: give a shorter one.":
    "Ein Zeitraum hat höchstens {days} Tage: Wählen Sie einen kürzeren.",
  "A time between the years {from} and {to}.": "Eine Zeit zwischen den Jahren {from} und {to}.",
  "Only http and https addresses are fetched.": "Abgerufen werden nur Adressen mit http und https.",
  "An address must not contain a user name or password.":
    "Eine Adresse enthält keinen Benutzernamen und kein Passwort.",
  "{host} could not be resolved.": "{host} ließ sich nicht finden.",
  "{host} took too long.": "{host} brauchte zu lange.",
  "{host} has no address.": "{host} hat keine Adresse.",
  "{host} is not on the public internet.": "{host} steht nicht im öffentlichen Internet.",
  "{host} answered with more than {bytes} bytes.": "{host} antwortete mit mehr als {bytes} Byte.",
  "{host} redirects, and no more redirects are followed.":
    "{host} leitet weiter, und mehr Weiterleitungen wird nicht gefolgt.",
  "{host} redirects to what is no address.": "{host} leitet dorthin weiter, wo keine Adresse ist.",
  "This is a defect in ContentOS, and it was logged.": "Das ist ein Fehler in ContentOS, und er wurde aufgeschrieben.",
  "This server is stopping: connect again.": "Dieser Server hält an: Verbinden Sie sich neu.",
  "A date such as 2026-11-22, or RFC 3339 with an offset.": "Ein Tag wie 2026-11-22.",
  "The address has a NUL character: take it out.": "In der Adresse ist ein NUL-Zeichen: Nehmen Sie es heraus.",
  "{host} gave no whole answer.": "{host} gab keine vollständige Antwort.",
  "{host} can't be reached.": "{host} ist nicht zu erreichen.",
};
