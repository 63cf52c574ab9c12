/** Of pieces, their approval, comments, files and plans. */
export const editorial: Record<string, string> = {
  "There is no such version of this item.": "Diese Version des Beitrags gibt es nicht.",
  "This item has no such version.": "Diese Version des Beitrags gibt es nicht.",
  "The newest version is {version}.": "Die neueste Version ist {version}.",
  "Name as `baseVersion` a version that this item has.":
    "Das baut auf einer Version auf, die es nicht gibt: Laden Sie die Seite neu.",
  "Writers change their own items: ask an Editor, or have it assigned to you.":
    "Writer ändern ihre eigenen Beiträge: Fragen Sie einen Editor, oder lassen Sie sich diesen zuweisen.",
  "This brief was changed meanwhile: merge with it and save again.":
    "Dieses Briefing wurde inzwischen geändert: Sehen Sie es sich an, und speichern Sie noch einmal.",
  "You have no draft of this item.": "Von diesem Beitrag haben Sie keinen Entwurf.",
  "Your draft was saved as a version or thrown away meanwhile: read the item, and begin a draft without `draftVersion`.":
    "Ihr Entwurf wurde inzwischen als Version gespeichert oder verworfen: Laden Sie die Seite neu.",
  "Your draft was changed elsewhere, in another window perhaps: take over what you need, and save it with `draftVersion` {version}.":
    "Ihr Entwurf wurde anderswo geändert, vielleicht in einem anderen Fenster: Übernehmen Sie, was Sie brauchen.",
  "This label is there already.": "Diese Marke ist schon da.",
  "Name each label once.": "Nennen Sie jede Marke nur einmal.",
  'Version {version} has the label "{label}": take it off there first, or choose another.':
    "Version {version} trägt die Marke „{label}“: Nehmen Sie sie dort erst ab, oder wählen Sie eine andere.",
  "Assign the item to a member of this workspace.": "Weisen Sie den Beitrag einem Mitglied dieses Workspace zu.",
  "This item is archived already.": "Dieser Beitrag ist schon archiviert.",
  "This item is not archived.": "Dieser Beitrag ist nicht archiviert.",
  "Version {version} was saved meanwhile and changed the same passages: decide between the two and save again, based on it.":
    "Version {version} wurde inzwischen gespeichert und ändert dieselben Stellen: Entscheiden Sie sich, und speichern Sie noch einmal.",
  "The current version says already what version {version} says.":
    "Die jetzige Version sagt schon, was Version {version} sagt.",
  "Version {version} was saved meanwhile: merge with it and save again, based on it.":
    "Version {version} wurde inzwischen gespeichert: Sehen Sie sie sich an, und speichern Sie noch einmal.",
  "This cursor does not belong to this list: start again without one.":
    "Diese Liste hat sich geändert: Laden Sie sie neu.",
  "There is no such adaptation of this item.": "Diese Anpassung des Beitrags gibt es nicht.",
  "There is no such approval in this workspace.": "Diese Freigabe gibt es in diesem Workspace nicht.",
  "Only a draft is submitted, and this item is {status}: save a version first.":
    "Eingereicht wird nur ein Entwurf: Speichern Sie erst eine Version.",
  "The approval policy was changed at this moment: submit again.":
    "Die Regel der Freigabe wurde im selben Augenblick geändert: Reichen Sie noch einmal ein.",
  "An adaptation was made of version {version}, and the current one is {current}: make it anew.":
    "Eine Anpassung stammt von Version {version}, und die jetzige ist {current}: Machen Sie sie neu.",
  "An adaptation is for a channel that is not connected: leave it out.":
    "Eine Anpassung ist für einen Kanal, der nicht verbunden ist: Lassen Sie sie weg.",
  "A channel would refuse its adaptation: correct it. {why}":
    "Ein Kanal würde seine Anpassung ablehnen: Korrigieren Sie sie. {why}",
  "The approval policy asks for different people, and a member with the role {role} who neither wrote nor submitted this is missing: invite one, or ask an Admin to change the policy.":
    "Die Freigabe verlangt verschiedene Menschen, und es fehlt ein Mitglied mit der Rolle {role}, das dies weder geschrieben noch eingereicht hat: Laden Sie eines ein, oder bitten Sie einen Admin, die Regel zu ändern.",
  "This step is not yours to decide: it asks {role}.":
    "Über diesen Schritt entscheiden nicht Sie: Er verlangt die Rolle {role}.",
  "Decisions are people's: sign in to approve or reject.": "Entscheiden müssen Menschen: Melden Sie sich dazu an.",
  "You wrote this version or submitted it: somebody else decides on it.":
    "Sie haben diese Version geschrieben oder eingereicht: Über sie entscheidet jemand anderes.",
  "This step is no longer open: it was decided, or a newer version was saved. Look again.":
    "Dieser Schritt ist nicht mehr offen: Er wurde entschieden, oder es gibt eine neuere Version. Sehen Sie noch einmal nach.",
  "You decided another step of this submission: somebody else decides this one.":
    "Sie haben einen anderen Schritt dieser Einreichung entschieden: Über diesen entscheidet jemand anderes.",
  "This was changed after you read it: read it again, and decide then.":
    "Das wurde geändert, nachdem Sie es gelesen haben: Lesen Sie es noch einmal, und entscheiden Sie dann.",
  "There is no such item behind this link.": "Hinter diesem Link gibt es diesen Beitrag nicht.",
  "There is no such thread on this item.": "Diesen Faden gibt es an diesem Beitrag nicht.",
  "This thread is settled: open a new one.": "Dieser Faden ist erledigt: Beginnen Sie einen neuen.",
  "There is no such comment in this workspace.": "Diesen Kommentar gibt es in diesem Workspace nicht.",
  "Some of this isn't there: see the issues.": "Manches davon gibt es nicht.",
  "This is in the middle of a character.": "Das beginnt oder endet mitten in einem Zeichen.",
  "This isn't what version {version} says there.": "In Version {version} steht dort etwas anderes.",
  "This is not what stands there in version {version}.": "In Version {version} steht dort etwas anderes.",
  "This thread is resolved: reopen it to go on.": "Dieser Faden ist erledigt: Öffnen Sie ihn wieder, um weiterzureden.",
  "Who opened this thread may do that, and who writes the item: ask one of them.":
    "Das kann, wer diesen Faden begonnen hat oder den Beitrag schreibt: Fragen Sie jemanden davon.",
  "This thread is resolved already.": "Dieser Faden ist schon erledigt.",
  "This thread is open already.": "Dieser Faden ist schon offen.",
  "Only whoever wrote a comment changes it: reply to it.":
    "Einen Kommentar ändert nur, wer ihn schrieb: Antworten Sie darauf.",
  "Editors and Admins remove what others said: ask one of them.":
    "Was andere sagten, entfernen Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "There is no such folder in this workspace.": "Diesen Ordner gibt es in diesem Workspace nicht.",
  "A folder of this name stands there already: choose another.":
    "Dort gibt es schon einen Ordner dieses Namens: Wählen Sie einen anderen.",
  "A folder can't stand within itself: choose another.":
    "Ein Ordner kann nicht in sich selbst liegen: Wählen Sie einen anderen.",
  "Folders stand at most {levels} deep: choose one further out.":
    "Ordner liegen höchstens {levels} tief ineinander: Wählen Sie einen weiter außen.",
  "This folder isn't empty: move or remove what is in it first.":
    "Dieser Ordner ist nicht leer: Verschieben oder entfernen Sie erst, was darin ist.",
  "Writers change the folders that they made: ask an Editor.":
    "Writer ändern die Ordner, die sie angelegt haben: Fragen Sie einen Editor.",
  "Writers change the files that they uploaded: ask an Editor.":
    "Writer ändern die Dateien, die sie hochgeladen haben: Fragen Sie einen Editor.",
  "This image can't be read: it is damaged, or has more than {pixels} million pixels.":
    "Dieses Bild ist nicht zu lesen: Es ist beschädigt oder hat mehr als {pixels} Millionen Pixel.",
  "Files of the type {type} are not taken.": "Dateien der Art {type} werden nicht angenommen.",
  "Files of the type {type} are not taken: use PNG, JPEG, GIF, WebP, AVIF, MP4, WebM, MP3, PDF, an office document or plain text.":
    "Dateien der Art {type} werden nicht angenommen: Nehmen Sie PNG, JPEG, GIF, WebP, AVIF, MP4, WebM, MP3, PDF, ein Office-Dokument oder reinen Text.",
  "The file did not arrive as it was sent, its SHA-256 is another one: upload it again.":
    "Die Datei kam anders an, als sie gesendet wurde: Laden Sie sie noch einmal hoch.",
  "This was announced as {type}, and it is {found}: upload it as that.":
    "Angekündigt war {type}, und es ist {found}: Laden Sie es als solches hoch.",
  "The file is not {bytes} bytes long, as was announced: upload it again.":
    "Die Datei ist nicht {bytes} Byte lang, wie angekündigt: Laden Sie sie noch einmal hoch.",
  "This file is {type} by its content, which is not taken.":
    "Diese Datei ist ihrem Inhalt nach {type}, was nicht angenommen wird.",
  "This is not a {type} file: its content is something else, or damaged.":
    "Das ist keine Datei der Art {type}: Ihr Inhalt ist etwas anderes oder beschädigt.",
  "This is a web page or a program and not plain text, which is not taken.":
    "Das ist eine Webseite oder ein Programm und kein reiner Text: Das wird nicht angenommen.",
  "This text is not in UTF-8: save it in that encoding and upload it again.":
    "Dieser Text ist nicht in UTF-8: Speichern Sie ihn so, und laden Sie ihn noch einmal hoch.",
  "This is no plain text: it has control characters.": "Das ist kein reiner Text: Darin sind Steuerzeichen.",
  "What was uploaded is no longer there: upload it again.":
    "Was hochgeladen wurde, ist nicht mehr da: Laden Sie es noch einmal hoch.",
  "There is no such asset in this workspace.": "Diese Datei gibt es in diesem Workspace nicht.",
  "This asset was changed meanwhile: look at it and save again.":
    "Diese Datei wurde inzwischen geändert: Sehen Sie sie sich an, und speichern Sie noch einmal.",
  "This file is used: take it out there first; its usage says where.":
    "Diese Datei wird verwendet: Nehmen Sie sie dort erst heraus; wo, steht unter ihrer Verwendung.",
  "A name without slashes and control characters.": "Ein Name ohne Schrägstriche und Steuerzeichen.",
  "A name, and not only dots.": "Ein Name, nicht nur Punkte.",
  "This upload is complete or was given up: begin a new one.":
    "Dieser Upload ist fertig oder wurde aufgegeben: Beginnen Sie einen neuen.",
  "This upload is {status} or has expired: begin a new one.": "Dieser Upload ist vorbei: Beginnen Sie einen neuen.",
  "There is no such upload of yours in this workspace.": "Diesen Upload von Ihnen gibt es in diesem Workspace nicht.",
  "This type is not taken.": "Diese Art wird nicht angenommen.",
  "At most {bytes} bytes.": "Höchstens {bytes} Byte.",
  "A file of this type may have at most {bytes} bytes: make it smaller.":
    "Eine Datei dieser Art hat höchstens {bytes} Byte: Machen Sie sie kleiner.",
  "Not all parts have arrived: send {parts} again.":
    "Es sind nicht alle Teile angekommen: Laden Sie die Datei noch einmal hoch.",
  "The file {id} is not an image.": "Die Datei {id} ist kein Bild.",
  "Only images can be shown: link to other files.": "Zeigen lassen sich nur Bilder: Verlinken Sie andere Dateien.",
  "No asset of this workspace has the id {id}, or it was removed.":
    "Eine Datei {id} gibt es in diesem Workspace nicht oder nicht mehr.",
  "This names files that are not in the library: upload them, or leave them out.":
    "Darin sind Dateien, die nicht in der Bibliothek sind: Laden Sie sie hoch, oder lassen Sie sie weg.",
  "There is no such persona in this workspace.": "Diese Persona gibt es in diesem Workspace nicht.",
  "Editors and Admins write personas: ask one of them.":
    "Personas schreiben Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "Another persona has this name: choose another.": "Eine andere Persona hat diesen Namen: Wählen Sie einen anderen.",
  "No persona of this workspace has this id.": "Diese Persona gibt es in diesem Workspace nicht.",
  "No channel of this workspace has this id.": "Diesen Kanal gibt es in diesem Workspace nicht.",
  "Name a persona and channels of this workspace.": "Wählen Sie Persona und Kanäle dieses Workspace.",
  "Another campaign has this name: choose another.": "Eine andere Kampagne hat diesen Namen: Wählen Sie einen anderen.",
  "It lies before startsOn.": "Das liegt vor dem Anfang.",
  "A campaign ends on the day on which it begins, or later.":
    "Eine Kampagne endet an dem Tag, an dem sie beginnt, oder danach.",
  "This campaign is archived already.": "Diese Kampagne ist schon archiviert.",
  "This campaign is not archived.": "Diese Kampagne ist nicht archiviert.",
  "Items belong to this campaign ({count}): archive it, or move them first.":
    "Zu dieser Kampagne gehören Beiträge ({count}): Archivieren Sie sie, oder ordnen Sie die Beiträge erst anders zu.",
  "This campaign is archived: restore it, or choose another one.":
    "Diese Kampagne ist archiviert: Stellen Sie sie wieder her, oder wählen Sie eine andere.",
  "Editors and Admins write tags, campaigns and templates: ask one of them.":
    "Schlagwörter, Kampagnen und Vorlagen schreiben Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "Another tag has this name: choose another, or merge the two.":
    "Ein anderes Schlagwort heißt so: Wählen Sie einen anderen Namen, oder führen Sie die beiden zusammen.",
  "Name another tag to merge this one into.": "Nennen Sie ein anderes Schlagwort, in dem dieses aufgehen soll.",
  "Items have this tag ({count}): merge it into another, or remove it with force=true to take it off them.":
    "Beiträge tragen dieses Schlagwort ({count}): Führen Sie es mit einem anderen zusammen, oder nehmen Sie es ihnen beim Entfernen ab.",
  "No tag of this workspace has this id.": "Dieses Schlagwort gibt es in diesem Workspace nicht.",
  "Name tags of this workspace.": "Wählen Sie Schlagwörter dieses Workspace.",
  "Another template has this name: choose another.": "Eine andere Vorlage hat diesen Namen: Wählen Sie einen anderen.",
  "Another shared view has this name: choose another.":
    "Eine andere geteilte Ansicht hat diesen Namen: Wählen Sie einen anderen.",
  "Another view of yours has this name: choose another.":
    "Eine andere Ihrer Ansichten hat diesen Namen: Wählen Sie einen anderen.",
  "Editors and Admins share views: keep it for yourself, or ask one of them.":
    "Ansichten teilen Editoren und Admins: Behalten Sie sie für sich, oder fragen Sie jemanden von ihnen.",
  "Only whoever made this view can take it back for themselves: remove it instead.":
    "Für sich zurücknehmen kann diese Ansicht nur, wer sie angelegt hat: Entfernen Sie sie stattdessen.",
  "Nothing of this is before you right now: wait until it is sent to you.":
    "Davon liegt Ihnen gerade nichts vor: Warten Sie, bis man es Ihnen schickt.",
  "Mark the passage again, in the version before you.":
    "Markieren Sie die Stelle noch einmal, in der Version, die Ihnen vorliegt.",
  "This link asks for a passcode: ask whoever sent it, and send it along.":
    "Dieser Link verlangt einen Zugangscode: Fragen Sie danach, wer ihn geschickt hat.",
  "This is not the link's passcode: correct it.": "Das ist nicht der Zugangscode des Links: Korrigieren Sie ihn.",
  "This link is for reading: ask whoever sent it for one that lets you do this.":
    "Dieser Link ist zum Lesen: Bitten Sie, wer ihn geschickt hat, um einen, mit dem das geht.",
  "This review link does not work, or no longer: ask whoever sent it for a new one.":
    "Dieser Link gilt nicht oder nicht mehr: Bitten Sie, wer ihn geschickt hat, um einen neuen.",
  "Open your review link again: its passcode was changed.":
    "Öffnen Sie Ihren Link noch einmal: Sein Zugangscode wurde geändert.",
  "Your review link does not let you do this: ask whoever sent it.":
    "Mit Ihrem Link geht das nicht: Fragen Sie, wer ihn geschickt hat.",
  "This is not approved, so that nothing of it goes out: there is nothing to stop.":
    "Das ist nicht freigegeben und geht nicht hinaus: Es gibt nichts anzuhalten.",
  "It is going out right now and can't be called back: ask the team to take it down.":
    "Es geht gerade hinaus und lässt sich nicht zurückrufen: Bitten Sie das Team, es herunterzunehmen.",
  "It is out already: ask the team to take it down.":
    "Es ist schon veröffentlicht: Bitten Sie das Team, es herunterzunehmen.",
  "It is on hold already.": "Es ist schon angehalten.",
  "Nothing of it is planned, so that there is nothing to stop: comment, so that the team knows.":
    "Davon ist nichts geplant und nichts anzuhalten: Schreiben Sie einen Kommentar, damit das Team es weiß.",
  "There is no such review link in this workspace.": "Diesen Link gibt es in diesem Workspace nicht.",
  "Editors and Admins give review links: ask one of them.":
    "Links zum Prüfen vergeben Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "This time is past: give one to come, or revoke the link.":
    "Diese Zeit ist vorbei: Geben Sie eine künftige an, oder nehmen Sie den Link zurück.",
  "This link was taken back for good: make a new one.":
    "Dieser Link wurde endgültig zurückgenommen: Machen Sie einen neuen.",
  "A link shows at most {most} items: make another one for the rest.":
    "Ein Link zeigt höchstens {most} Beiträge: Machen Sie für die übrigen einen weiteren.",
  "This link does not show such an item.": "Diesen Beitrag zeigt der Link nicht.",
  "There is no such receipt here.": "Diesen Beleg gibt es hier nicht.",
  "Name an item, a persona or a campaign: one of them.":
    "Wählen Sie einen Beitrag, eine Persona oder eine Kampagne: eines davon.",
  "This address has expired, or never was one: ask for a new one.":
    "Diese Adresse ist abgelaufen oder war nie eine: Laden Sie die Seite neu.",
  "This asset has no such variant.": "In dieser Größe gibt es die Datei nicht.",
  "This upload address was changed: read the upload for a new one.":
    "Diese Adresse zum Hochladen gilt nicht: Beginnen Sie den Upload neu.",
  "This upload address has expired or was changed: read the upload for a new one.":
    "Diese Adresse zum Hochladen ist abgelaufen oder gilt nicht: Beginnen Sie den Upload neu.",
  "This part has exactly {bytes} bytes: send those.":
    "Ein Teil kam nicht vollständig an: Laden Sie die Datei noch einmal hoch.",
  "{why} Send the part again.": "Ein Teil kam nicht richtig an: Laden Sie die Datei noch einmal hoch.",
};
