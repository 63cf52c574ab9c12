/** Of channels, the calendar and what goes out. */
export const publishing: Record<string, string> = {
  "Bluesky told a post without its hash.": "Bluesky nannte einen Beitrag ohne seine Prüfsumme.",
  "An earlier part of the thread is gone from Bluesky.": "Ein früherer Teil des Threads ist auf Bluesky nicht mehr da.",
  "The renewed Bluesky session could not be kept; nothing was sent.":
    "Die erneuerte Sitzung bei Bluesky ließ sich nicht speichern; gesendet wurde nichts.",
  "Bluesky does not accept this handle with this app password.":
    "Bluesky nimmt diesen Namen mit diesem App-Passwort nicht an.",
  "This is the account's main password, which needs a code: make an app password instead.":
    "Das ist das Hauptpasswort des Kontos, das einen Code verlangt: Legen Sie stattdessen ein App-Passwort an.",
  "Bluesky has taken this account down.": "Bluesky hat dieses Konto gesperrt.",
  "Bluesky has closed this account: {why}": "Bluesky hat dieses Konto geschlossen: {why}",
  "Bluesky asks to slow down.": "Bluesky bittet um weniger Anfragen.",
  "Bluesky answered {status}; it may have taken the call.":
    "Bluesky antwortete mit {status}; vielleicht ist es angekommen.",
  "Bluesky answered {status}.": "Bluesky antwortete mit {status}.",
  "Bluesky did not accept a session that it had just given.":
    "Bluesky nahm eine Sitzung nicht an, die es gerade eröffnet hatte.",
  "Bluesky refused: {why}": "Bluesky hat das abgelehnt: {why}",
  "The site has moved: connect it again with the API URL that Ghost shows beside the key.":
    "Die Website ist umgezogen: Verbinden Sie sie neu, mit der API-URL, die Ghost neben dem Schlüssel zeigt.",
  "The clock of the site differs from ours, so that it takes no token.":
    "Die Uhr der Website geht anders als unsere, sodass sie keine Anmeldung annimmt.",
  "Ghost does not accept this Admin API key.": "Ghost nimmt diesen Admin-API-Schlüssel nicht an.",
  "Somebody is changing the post in Ghost: later.": "Jemand ändert den Beitrag gerade in Ghost: später noch einmal.",
  "Something before Ghost, such as a firewall, answered 403: have it let ContentOS through.":
    "Etwas vor Ghost, etwa eine Firewall, antwortete mit 403: Lassen Sie ContentOS dort durch.",
  "Ghost answered {status}: later.": "Ghost antwortete mit {status}: später noch einmal.",
  "Ghost answered {status}; it may have taken the call.":
    "Ghost antwortete mit {status}; vielleicht ist es angekommen.",
  "Ghost answered {status}.": "Ghost antwortete mit {status}.",
  "Ghost refused: {why}": "Ghost hat das abgelehnt: {why}",
  "Ghost answered with something else than its API says.": "Ghost antwortete anders, als es seine API vorsieht.",
  "Ghost told nothing of a picture it took.": "Ghost sagte nichts zu einem Bild, das es angenommen hat.",
  "This Ghost does not keep our mark with a post, so that it could not be found again: update it.":
    "Dieses Ghost behält unser Kennzeichen bei einem Beitrag nicht, sodass er sich nicht wiederfinden ließe: Aktualisieren Sie es.",
  "No Ghost answered there: give the API URL that it shows beside the key.":
    "Dort antwortete kein Ghost: Geben Sie die API-URL an, die es neben dem Schlüssel zeigt.",
  "The site takes comments out of a text's HTML, so that a post could not be found again: have that switched off for this account.":
    "Die Website nimmt Kommentare aus dem HTML eines Textes, sodass sich ein Beitrag nicht wiederfinden ließe: Lassen Sie das für dieses Konto abschalten.",
  'The site keeps the post as "{status}": somebody there has to publish it.':
    "Die Website behält den Beitrag als „{status}“: Jemand dort muss ihn veröffentlichen.",
  "WordPress answered with something else than its REST API says.":
    "WordPress antwortete anders, als es seine REST-API vorsieht.",
  "WordPress answered {status}: later.": "WordPress antwortete mit {status}: später noch einmal.",
  "WordPress answered {status}; it may have taken the call.":
    "WordPress antwortete mit {status}; vielleicht ist es angekommen.",
  "WordPress answered {status}.": "WordPress antwortete mit {status}.",
  "WordPress refused: {why}": "WordPress hat das abgelehnt: {why}",
  "WordPress does not let this account do that: {why}": "WordPress erlaubt diesem Konto das nicht: {why}",
  "The site has moved: connect it again with the address that it has now.":
    "Die Website ist umgezogen: Verbinden Sie sie neu, mit der Adresse, die sie jetzt hat.",
  "The site takes no application passwords any more: an administrator there has to allow them again.":
    "Die Website nimmt keine Anwendungspasswörter mehr: Ein Administrator dort muss sie wieder erlauben.",
  "WordPress does not accept this user name with this application password.":
    "WordPress nimmt diesen Benutzernamen mit diesem Anwendungspasswort nicht an.",
  "This account may write on the site but not publish: ask an administrator there for the role Author or Editor.":
    "Dieses Konto darf auf der Website schreiben, aber nicht veröffentlichen: Bitten Sie einen Administrator dort um die Rolle Autor oder Redakteur.",
  "Something before WordPress, such as a firewall, answered 403: have it let ContentOS through.":
    "Etwas vor WordPress, etwa eine Firewall, antwortete mit 403: Lassen Sie ContentOS dort durch.",
  "The site answered {status}.": "Die Website antwortete mit {status}.",
  "No WordPress answered there: give the address of its start page, and see that its REST API is not switched off.":
    "Dort antwortete kein WordPress: Geben Sie die Adresse seiner Startseite an, und sehen Sie nach, ob seine REST-API abgeschaltet ist.",
  "WordPress told nothing of a picture it took.": "WordPress sagte nichts zu einem Bild, das es angenommen hat.",
  "The excerpt is longer than {channel} takes: its end is left out.":
    "Der Auszug ist länger, als {channel} nimmt: Sein Ende fällt weg.",
  "The picture's alt text is longer than Ghost takes: its end is left out.":
    "Der Alternativtext des Bildes ist länger, als Ghost nimmt: Sein Ende fällt weg.",
  "{network} does not show the draft that it has just taken.":
    "{network} zeigt den Entwurf nicht, den es eben angenommen hat.",
  "The text links to files of the library: on {channel} the words stay, without the link.":
    "Der Text verlinkt Dateien der Bibliothek: Auf {channel} bleiben die Wörter, ohne den Link.",
  "LinkedIn gave no token that can be read.": "LinkedIn gab kein lesbares Token.",
  "LinkedIn refused: {why}": "LinkedIn hat das abgelehnt: {why}",
  "LinkedIn no longer takes this access: connect it again.":
    "LinkedIn nimmt diesen Zugang nicht mehr an: Verbinden Sie den Kanal neu.",
  "LinkedIn did not renew the access: {why}": "LinkedIn hat den Zugang nicht erneuert: {why}",
  "LinkedIn can't be asked: this deployment has no app there any more.":
    "LinkedIn lässt sich nicht fragen: Diese Installation hat dort keine App mehr.",
  "The renewed access to LinkedIn could not be kept; nothing was sent.":
    "Der erneuerte Zugang zu LinkedIn ließ sich nicht speichern; gesendet wurde nichts.",
  "LinkedIn did not say whose account this is.": "LinkedIn sagte nicht, wessen Konto das ist.",
  "LinkedIn asks to slow down.": "LinkedIn bittet um weniger Anfragen.",
  "LinkedIn answered {status}; it may have taken the call.":
    "LinkedIn antwortete mit {status}; vielleicht ist es angekommen.",
  "LinkedIn answered {status}.": "LinkedIn antwortete mit {status}.",
  "LinkedIn did not accept access that it had just given.":
    "LinkedIn nahm einen Zugang nicht an, den es gerade gegeben hatte.",
  "LinkedIn has ended this version of its API: set LINKEDIN_API_VERSION.":
    "LinkedIn hat diese Version seiner API beendet: Setzen Sie LINKEDIN_API_VERSION.",
  "LinkedIn took the post and did not say where it is.": "LinkedIn nahm den Beitrag und sagte nicht, wo er ist.",
  "LinkedIn did not say where an image goes.": "LinkedIn sagte nicht, wohin ein Bild soll.",
  "LinkedIn has a post with this text already: change it, and have it approved.":
    "Auf LinkedIn steht schon ein Beitrag mit diesem Text: Ändern Sie ihn, und lassen Sie ihn freigeben.",
  "LinkedIn says that it has this text already.": "LinkedIn sagt, dass es diesen Text schon hat.",
  "LinkedIn did not say what is there.": "LinkedIn sagte nicht, was dort steht.",
  "LinkedIn did not say how often it was seen.": "LinkedIn sagte nicht, wie oft es gesehen wurde.",
  "This deployment has no app at LinkedIn.": "Diese Installation hat keine App bei LinkedIn.",
  "This deployment has no app at {network}.": "Diese Installation hat keine App bei {network}.",
  "This attempt to connect is over, or somebody else began it: begin it again.":
    "Dieser Versuch ist vorbei, oder jemand anderes hat ihn begonnen: Beginnen Sie neu.",
  "An earlier part of the thread is gone from Mastodon.":
    "Ein früherer Teil des Threads ist auf Mastodon nicht mehr da.",
  "Mastodon does not take this access token: make one under Preferences → Development, and connect again.":
    "Mastodon nimmt dieses Zugangstoken nicht an: Legen Sie eines unter Einstellungen → Entwicklung an, und verbinden Sie neu.",
  "This access token may do too little: make one with {scopes}, and connect again.":
    "Dieses Zugangstoken darf zu wenig: Legen Sie eines mit {scopes} an, und verbinden Sie neu.",
  "There is no server at this address that speaks Mastodon's API.":
    "Unter dieser Adresse ist kein Server, der die API von Mastodon spricht.",
  "This server sends on to another address: give that one, and connect again.":
    "Dieser Server leitet an eine andere Adresse weiter: Geben Sie diese an, und verbinden Sie neu.",
  "Mastodon has closed this account: {why}": "Mastodon hat dieses Konto geschlossen: {why}",
  "Mastodon asks to slow down.": "Mastodon bittet um weniger Anfragen.",
  "Mastodon answered {status}; it may have taken the call.":
    "Mastodon antwortete mit {status}; vielleicht ist es angekommen.",
  "Mastodon's answer could not be read; it may have taken the call.":
    "Die Antwort von Mastodon war nicht zu lesen; vielleicht ist es angekommen.",
  "Mastodon answered {status}.": "Mastodon antwortete mit {status}.",
  "Mastodon refused: {why}": "Mastodon hat das abgelehnt: {why}",
  "Mastodon answered with something else than was asked for.":
    "Mastodon antwortete etwas anderes als das, was gefragt war.",
  "Mastodon takes long over an image; nothing was posted.":
    "Mastodon braucht lange für ein Bild; veröffentlicht wurde nichts.",
  "This server takes no posts down for other programs: take it down there.":
    "Dieser Server nimmt für andere Programme keine Beiträge herunter: Löschen Sie ihn dort.",
  "{channel} could not be reached.": "{channel} war nicht zu erreichen.",
  "{channel} gave no answer.": "{channel} gab keine Antwort.",
  "{channel} gave no answer; it may have taken the call.": "{channel} gab keine Antwort; vielleicht ist es angekommen.",
  "{what}: it no longer takes what this channel sends.":
    "{what}: Dort wird nicht mehr angenommen, was dieser Kanal sendet.",
  "{what}; it may have taken the event.": "{what}; vielleicht ist es angekommen.",
  "{host} answered {status}": "{host} antwortete mit {status}",
  "ContentOS doesn't publish to {network} yet, so that nothing can be scheduled there: copy the text, and post it by hand.":
    "Auf {network} veröffentlicht ContentOS noch nicht, also lässt sich dort nichts planen: Kopieren Sie den Text, und stellen Sie ihn von Hand ein.",
  "This adaptation is for {network} without a channel: adapt the text for a connected channel to schedule it, or copy it.":
    "Diese Anpassung ist für {network} ohne Kanal: Passen Sie den Text für einen verbundenen Kanal an, um ihn zu planen, oder kopieren Sie ihn.",
  "Part {part} has {tags} hashtags; {channel} takes {most}.":
    "Teil {part} hat {tags} Hashtags; {channel} nimmt {most}.",
  "Part {part} has {mentions} mentions; {channel} takes {most}.":
    "Teil {part} hat {mentions} Erwähnungen; {channel} nimmt {most}.",
  "{network} also takes: {fields}.": "{network} braucht außerdem: {fields}.",
  "{network} takes at most {most} parts; this has {parts}.":
    "{network} nimmt höchstens {most} Teile; dies hat {parts}.",
  "The body comes to {size} bytes; beyond {most} mail clients cut it off.":
    "Der Text kommt auf {size} Bytes; über {most} schneiden Mailprogramme ihn ab.",
  "The {field} is one line.": "{field} ist eine einzige Zeile.",
  "The text shows files of the library: put them into {place} by hand.":
    "Der Text zeigt Dateien der Bibliothek: Stellen Sie sie in {place} von Hand ein.",
  "The subject has {length} characters; many inboxes show {shown}.":
    "Der Betreff hat {length} Zeichen; viele Posteingänge zeigen {shown}.",
  "Instagram shows addresses in a caption as words: nobody can click them.":
    "Instagram zeigt Adressen in einer Bildunterschrift als Wörter: Niemand kann sie anklicken.",
  "Instagram takes no post without an image or a video.": "Instagram nimmt keinen Beitrag ohne Bild oder Video.",
  "The caption has {tags} hashtags; Instagram may count no more than {most}.":
    "Die Bildunterschrift hat {tags} Hashtags; Instagram zählt womöglich nur {most}.",
  "Give either channelId, for a connected channel, or network, for one that the text is copied to.":
    "Geben Sie entweder channelId an, für einen verbundenen Kanal, oder network, für ein Netzwerk, in das der Text kopiert wird.",
  "There is no text to send to {channel}.": "Es gibt keinen Text für {channel}.",
  "There is no adaptation for {channel}: title, excerpt and link go out.":
    "Für {channel} gibt es keine Anpassung: Hinaus gehen Titel, Auszug und Link.",
  "A thread has at most {most} parts; this one has {parts}.":
    "Ein Thread hat höchstens {most} Teile; dieser hat {parts}.",
  "{channel} shows the images that stand in the text, and takes none beside it.":
    "{channel} zeigt die Bilder, die im Text stehen, und nimmt keine daneben.",
  "Part {part} has {images} images; {channel} takes {most}.":
    "Teil {part} hat {images} Bilder; {channel} nimmt {most}.",
  "An image of part {part} has no alt text: who can't see it is told nothing.":
    "Ein Bild in Teil {part} hat keinen Alternativtext: Wer es nicht sieht, erfährt nichts davon.",
  "Part {part} has no text.": "Teil {part} hat keinen Text.",
  "Part {part} has {characters} characters; {channel} takes {most}.":
    "Teil {part} hat {characters} Zeichen; {channel} nimmt {most}.",
  "Part {part} has {bytes} bytes; {channel} takes {most}.": "Teil {part} hat {bytes} Byte; {channel} nimmt {most}.",
  "A page needs a title.": "Eine Seite braucht einen Titel.",
  "The page has no text.": "Die Seite hat keinen Text.",
  "This channel was disconnected: connect it again.": "Dieser Kanal wurde getrennt: Verbinden Sie ihn neu.",
  "The workspace's own site can't be disconnected.": "Die eigene Website des Workspace lässt sich nicht trennen.",
  "Only Admins set up channels: ask one of your workspace.":
    "Kanäle richten nur Admins ein: Fragen Sie einen Ihres Workspace.",
  "This network is not among those that are wanted here.":
    "Dieses Netzwerk gehört nicht zu denen, die man sich hier wünschen kann.",
  "An image of this is no longer in the library.": "Ein Bild davon ist nicht mehr in der Bibliothek.",
  "Something went wrong on our side while it was sent.": "Beim Senden ging auf unserer Seite etwas schief.",
  "A client stopped it: reschedule it when they agree, or cancel it.":
    "Ein Kunde hat es angehalten: Planen Sie es neu, wenn er einverstanden ist, oder sagen Sie es ab.",
  "A newer version was saved: have it approved and reschedule, or cancel.":
    "Es gibt eine neuere Version: Lassen Sie sie freigeben und planen Sie neu, oder sagen Sie es ab.",
  "What was approved has changed: have it approved again and reschedule, or cancel.":
    "Was freigegeben war, hat sich geändert: Lassen Sie es neu freigeben und planen Sie neu, oder sagen Sie es ab.",
  "The item was archived: restore it and reschedule, or cancel.":
    "Der Beitrag wurde archiviert: Stellen Sie ihn wieder her und planen Sie neu, oder sagen Sie es ab.",
  "The channel was disconnected: connect it and reschedule, or cancel.":
    "Der Kanal wurde getrennt: Verbinden Sie ihn und planen Sie neu, oder sagen Sie es ab.",
  "The channel is not connected: connect it and reschedule, or cancel.":
    "Der Kanal ist nicht verbunden: Verbinden Sie ihn und planen Sie neu, oder sagen Sie es ab.",
  "It could not go out within {minutes} minutes of its time: reschedule or cancel.":
    "Es konnte nicht binnen {minutes} Minuten nach seiner Zeit hinaus: Planen Sie es neu, oder sagen Sie es ab.",
  "There is no text to send: have one approved, or cancel.":
    "Es gibt keinen Text zu senden: Lassen Sie einen freigeben, oder sagen Sie es ab.",
  "The channel is not connected, so that it can't be asked: look there, and say whether it is there.":
    "Der Kanal ist nicht verbunden und lässt sich nicht fragen: Sehen Sie dort nach, und sagen Sie hier, ob es da ist.",
  "The network can't tell whether it is there: look there, and say so here.":
    "Das Netzwerk kann nicht sagen, ob es da ist: Sehen Sie dort nach, und sagen Sie es hier.",
  "{why} It was tried {times} times.": "{why} Versucht wurde es {times}-mal.",
  "An answer was lost, and nothing had arrived.": "Eine Antwort ging verloren, und angekommen war nichts.",
  "The publisher stopped before there was an answer.": "Die Veröffentlichung brach ab, bevor eine Antwort da war.",
  "It stopped before there was an answer.": "Es brach ab, bevor eine Antwort da war.",
  "It was not taken down: the channel is not connected.":
    "Es wurde nicht heruntergenommen: Der Kanal ist nicht verbunden.",
  "It was not taken down: {why}": "Es wurde nicht heruntergenommen: {why}",
  "Only an approved version is scheduled: submit it for approval.":
    "Geplant wird nur eine freigegebene Version: Reichen Sie sie zur Freigabe ein.",
  "What goes out on {channel} was not approved: save a version, submit it with its adaptation for this channel.":
    "Was auf {channel} hinausgeht, wurde nicht freigegeben: Speichern Sie eine Version, und reichen Sie sie mit ihrer Anpassung für diesen Kanal ein.",
  "The access that was given has ended.": "Der Zugang, der gegeben war, ist abgelaufen.",
  "Access to {channel} ends before this time: an Admin has to connect it again by then.":
    "Der Zugang zu {channel} endet vor dieser Zeit: Ein Admin muss ihn bis dahin neu verbinden.",
  "{channel} is Revoked: connect it again first.":
    "{channel} hat die Verbindung widerrufen: Verbinden Sie ihn erst neu.",
  "{channel} is Disconnected: connect it again first.": "{channel} ist getrennt: Verbinden Sie ihn erst neu.",
  "{channel} is {status}: connect it again first.": "{channel} ist nicht verbunden: Verbinden Sie ihn erst neu.",
  "{channel} would refuse this: change it, and have it approved.":
    "{channel} würde das ablehnen: Ändern Sie es, und lassen Sie es freigeben.",
  "There is no such schedule in this workspace.": "Diese Planung gibt es in diesem Workspace nicht.",
  "Editors and Admins plan publications: ask one of them.":
    "Veröffentlichungen planen Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "This time is more than a year ago: give one to come, or a recent one for as soon as possible.":
    "Diese Zeit ist mehr als ein Jahr her: Geben Sie eine künftige an, oder eine jüngste für so bald wie möglich.",
  "This channel has no posting times: set them, or give a time.":
    "Dieser Kanal hat keine Veröffentlichungszeiten: Legen Sie welche fest, oder geben Sie eine Zeit an.",
  "All posting times of a year are taken: add some, or give a time.":
    "Alle Veröffentlichungszeiten eines Jahres sind belegt: Legen Sie weitere fest, oder geben Sie eine Zeit an.",
  "This version is planned for this channel at this time already: choose another time.":
    "Diese Version ist für diesen Kanal zu dieser Zeit schon geplant: Wählen Sie eine andere Zeit.",
  "It is going out right now: look again in a moment.": "Es geht gerade hinaus: Sehen Sie gleich noch einmal nach.",
  "This can't be done with a schedule that is {status}.":
    "Das geht mit dieser Planung nicht mehr: Sehen Sie nach, wie sie jetzt steht.",
  "What it was pinned to is no longer approved: submit the new one.":
    "Was geplant war, ist nicht mehr freigegeben: Reichen Sie das Neue ein.",
  "What it was pinned to is no longer approved: give repin: true for version {version}, or cancel it.":
    "Was geplant war, ist nicht mehr freigegeben: Planen Sie Version {version}, oder sagen Sie es ab.",
  "What it was pinned to is no longer approved: reschedule or cancel it.":
    "Was geplant war, ist nicht mehr freigegeben: Planen Sie es neu, oder sagen Sie es ab.",
  "It was tried already: cancel it, and schedule the new version.":
    "Es wurde schon versucht: Sagen Sie es ab, und planen Sie die neue Version.",
  "The network is being asked right now: look again in a moment.":
    "Das Netzwerk wird gerade gefragt: Sehen Sie gleich noch einmal nach.",
  "There is nothing of it on the network any more.": "Davon ist im Netzwerk nichts mehr.",
  "{channel} takes nothing down on demand: do it there.":
    "{channel} nimmt auf Wunsch nichts herunter: Tun Sie es dort.",
  "We don't know where it is: take it down there.": "Wo es steht, ist hier nicht bekannt: Nehmen Sie es dort herunter.",
  "It is being taken down right now: look again in a moment.":
    "Es wird gerade heruntergenommen: Sehen Sie gleich noch einmal nach.",
  "Too many pages are being published under this address at once.":
    "Unter dieser Adresse werden gerade zu viele Seiten zugleich veröffentlicht.",
  "This page was taken down: schedule the item anew.":
    "Diese Seite wurde heruntergenommen: Planen Sie den Beitrag neu.",
  "There is no such trial in this workspace.": "Diesen Versuch gibt es in diesem Workspace nicht.",
  "Editors and Admins try headlines: ask one of them.":
    "Überschriften erproben Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "This item has no page on the workspace's site: publish it there first.":
    "Dieser Beitrag hat auf der Website des Workspace keine Seite: Veröffentlichen Sie ihn dort erst.",
  "Each headline is tried once, and the one that is out is among them already.":
    "Jede Überschrift wird einmal erprobt, und die jetzige ist schon dabei.",
  "Headlines of this page are being tried already: stop that trial first.":
    "Überschriften dieser Seite werden schon erprobt: Beenden Sie erst diesen Versuch.",
  "Headlines go out with the word of an {role}: ask one.":
    "Überschriften gehen mit dem Wort eines {role} hinaus: Fragen Sie danach.",
  "This trial is not waiting for anybody's word: look again.":
    "Dieser Versuch wartet auf niemandes Wort mehr: Sehen Sie noch einmal nach.",
  "You put these headlines forward: somebody else approves them.":
    "Sie haben diese Überschriften vorgeschlagen: Freigeben muss sie jemand anderes.",
  "Another version is out by now: stop this trial, and put headlines for that one forward.":
    "Inzwischen ist eine andere Version veröffentlicht: Beenden Sie diesen Versuch, und schlagen Sie für jene Überschriften vor.",
  "Editors and Admins stop a trial: ask one of them.":
    "Einen Versuch beenden Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "This trial is over.": "Dieser Versuch ist vorbei.",
  "This domain is verified for another workspace, and its record is still there: take that record out of DNS first. It is free a day and a half later.":
    "Diese Domain ist für einen anderen Workspace geprüft, und sein Eintrag ist noch da: Nehmen Sie ihn erst aus dem DNS. Anderthalb Tage später ist sie frei.",
  "This is where ContentOS itself is: name a host of your own.":
    "Hier ist ContentOS selbst: Nennen Sie eine eigene Adresse.",
  "A workspace has at most {most} domains: remove one that is not used.":
    "Ein Workspace hat höchstens {most} Domains: Entfernen Sie eine, die nicht gebraucht wird.",
  "This domain is in your list already.": "Diese Domain steht schon in Ihrer Liste.",
  "Only a verified domain is the site's address: set its record, and check it first.":
    "Nur eine geprüfte Domain ist die Adresse der Website: Setzen Sie ihren Eintrag, und prüfen Sie ihn erst.",
  "There is no such webhook endpoint in this workspace.": "Diesen Empfänger gibt es in diesem Workspace nicht.",
  "There is no such delivery; they are kept for 30 days.":
    "Diese Zustellung gibt es nicht; sie werden 30 Tage aufgehoben.",
  "Only Admins set up webhooks: ask one of your workspace.":
    "Webhooks richten nur Admins ein: Fragen Sie einen Ihres Workspace.",
  "Give the address without a user name or password.": "Geben Sie die Adresse ohne Benutzernamen und Passwort an.",
  "Give an address with https; http is for hosts that OUTBOUND_ALLOW of this deployment names.":
    "Geben Sie eine Adresse mit https an; http ist für Server, die diese Installation eigens erlaubt (OUTBOUND_ALLOW).",
  "This address is not on the public internet, and OUTBOUND_ALLOW of this deployment does not name it.":
    "Diese Adresse steht nicht im öffentlichen Internet, und diese Installation erlaubt sie nicht eigens (OUTBOUND_ALLOW).",
  "A workspace has at most {most} endpoints: remove one first.":
    "Ein Workspace hat höchstens {most} Empfänger: Entfernen Sie erst einen.",
  "This endpoint is paused: resume it first, and then send again.":
    "Dieser Empfänger ruht: Setzen Sie ihn erst fort, und senden Sie dann noch einmal.",
  "This message is on its way already: look again in a while.":
    "Diese Nachricht ist schon unterwegs: Sehen Sie später noch einmal nach.",
  "The process ended before an answer was noted.": "Der Vorgang endete, bevor eine Antwort festgehalten war.",
  "Redirects are not followed: give the address that answers.":
    "Weiterleitungen wird nicht gefolgt: Geben Sie die Adresse an, die antwortet.",
  "Nobody knows whether it was sent: the process ended twice while it was.":
    "Niemand weiß, ob es gesendet wurde: Der Vorgang endete zweimal dabei.",
  "They are no longer a member, or suspended.": "Die Person ist kein Mitglied mehr oder gesperrt.",
  "Mail to this address came back before.": "Post an diese Adresse kam schon zurück.",
  "They unsubscribed.": "Die Person hat sich abgemeldet.",
  "They had read it before it was due.": "Die Person hatte es schon gelesen.",
  "Slack was disconnected.": "Slack wurde getrennt.",
  "Slack answered {status}: {why}": "Slack antwortete mit {status}: {why}",
  "Slack answered {status}": "Slack antwortete mit {status}",
  "{what}: later.": "{what}: später noch einmal.",
  "The receiver answered {status}": "Der Empfänger antwortete mit {status}",
  "The receiver answered {status}.": "Der Empfänger antwortete mit {status}.",
  "The receiver": "Der Empfänger",
};
