/** Of accounts, members, what a workspace allows, and what it pays. */
export const people: Record<string, string> = {
  "You signed in at a workspace's own address: sign in at {origin} to do this.":
    "Sie haben sich unter der eigenen Adresse eines Workspace angemeldet: Melden Sie sich dafür unter {origin} an.",
  "You signed in at a workspace's own address: sign in at ours to do this.":
    "Sie haben sich unter der eigenen Adresse eines Workspace angemeldet: Melden Sie sich dafür unter unserer an.",
  "This is not your current password: correct it.": "Das ist nicht Ihr jetziges Passwort: Korrigieren Sie es.",
  "Your organisation signs you in. Set a password of your own by a mail, sign in with it, and come back.":
    "Ihre Organisation meldet Sie an. Setzen Sie über eine Mail ein eigenes Passwort, melden Sie sich damit an, und kommen Sie wieder.",
  "Sign in again with your second factor first.": "Melden Sie sich erst neu an, mit Ihrem zweiten Faktor.",
  "Sign out and in again first: this asks for a fresh sign-in.":
    "Melden Sie sich erst ab und neu an: Dafür muss die Anmeldung frisch sein.",
  "This session has ended: sign in again.": "Diese Sitzung ist zu Ende: Melden Sie sich neu an.",
  "There is no such API key in this workspace.": "Diesen API-Schlüssel gibt es in diesem Workspace nicht.",
  "Only Admins manage API keys: ask one of your workspace.":
    "API-Schlüssel verwalten nur Admins: Fragen Sie einen Ihres Workspace.",
  "This time is past: give one to come, or leave it out.":
    "Diese Zeit ist vorbei: Geben Sie eine künftige an, oder lassen Sie sie weg.",
  "This workspace lets keys live until {until} at most: give an earlier time.":
    "Dieser Workspace lässt Schlüssel höchstens bis {until} gelten: Geben Sie eine frühere Zeit an.",
  "This key was revoked for good: make a new one.":
    "Dieser Schlüssel wurde endgültig widerrufen: Machen Sie einen neuen.",
  "There is nothing to confirm: begin to set up an app first.":
    "Es gibt nichts zu bestätigen: Beginnen Sie erst, eine App einzurichten.",
  "This passkey is registered already: use another one.":
    "Dieser Passkey ist schon eingetragen: Nehmen Sie einen anderen.",
  "Your password was just changed elsewhere: sign in with the new one.":
    "Ihr Passwort wurde gerade anderswo geändert: Melden Sie sich mit dem neuen an.",
  "Set up your own second factor first: you would shut yourself out.":
    "Richten Sie erst Ihren eigenen zweiten Faktor ein: Sie würden sich sonst aussperren.",
  "Set up the identity provider and verify a domain first.":
    "Richten Sie erst den Anbieter ein, und prüfen Sie eine Domain.",
  "Verify a domain first: a directory may only provision people in it.":
    "Prüfen Sie erst eine Domain: Ein Verzeichnis darf nur Menschen aus ihr eintragen.",
  "There is no such live token in this workspace.": "Dieses Token gibt es in diesem Workspace nicht oder nicht mehr.",
  "There is no such group in this workspace.": "Diese Gruppe gibt es in diesem Workspace nicht.",
  "Clerk does not tell who this is: try again in a moment.":
    "Clerk sagt nicht, wer das ist: Versuchen Sie es gleich noch einmal.",
  "Your address is not confirmed at Clerk: confirm it there first.":
    "Ihre Adresse ist bei Clerk nicht bestätigt: Bestätigen Sie sie erst dort.",
  "You are no member of this workspace any more: ask one of its Admins.":
    "Sie sind kein Mitglied dieses Workspace mehr: Fragen Sie einen seiner Admins.",
  "There is an account with this address, and nobody has confirmed the address yet: sign in with its password, confirm it, and try again.":
    "Mit dieser Adresse gibt es ein Konto, und niemand hat sie bestätigt: Melden Sie sich mit dessen Passwort an, bestätigen Sie sie, und versuchen Sie es noch einmal.",
  "The identity provider does not answer as one: look at its issuer address.":
    "Der Anbieter antwortet nicht wie einer: Sehen Sie nach der Adresse seines Ausstellers.",
  "This sign-in took too long: begin anew.": "Diese Anmeldung dauerte zu lange: Beginnen Sie neu.",
  "This single sign-on was taken away meanwhile.": "Dieses Single Sign-on wurde inzwischen entfernt.",
  "Your identity provider did not sign you in.": "Ihr Anbieter hat Sie nicht angemeldet.",
  "Your provider may not speak for this address: its domain is not verified in the workspace.":
    "Ihr Anbieter darf für diese Adresse nicht sprechen: Ihre Domain ist im Workspace nicht geprüft.",
  "Your address at your provider has changed: ask your Admin.":
    "Ihre Adresse beim Anbieter hat sich geändert: Fragen Sie Ihren Admin.",
  "Your provider tells no confirmed address.": "Ihr Anbieter nennt keine bestätigte Adresse.",
  "Metadata with a document type is not taken.": "Metadaten mit einem Dokumenttyp werden nicht angenommen.",
  "This is no XML: give the provider's metadata as it is.":
    "Das ist kein XML: Geben Sie die Metadaten des Anbieters an, wie sie sind.",
  "This describes not one identity provider: give metadata of one.":
    "Das beschreibt nicht einen Anbieter: Geben Sie die Metadaten eines einzigen an.",
  "The provider has no address for requests by HTTP-Redirect: turn that binding on.":
    "Der Anbieter hat keine Adresse für Anfragen über HTTP-Redirect: Schalten Sie diesen Weg ein.",
  "The provider's entity id is missing or too long.": "Die Entity-ID des Anbieters fehlt oder ist zu lang.",
  "The provider's sign-in address is none: give one with https.":
    "Die Adresse der Anmeldung beim Anbieter ist keine: Geben Sie eine mit https an.",
  "The provider's log-out address is none: give one with https.":
    "Die Abmeldeadresse des Anbieters ist keine: Geben Sie eine mit https an.",
  "Give one to ten certificates that the provider signs with.":
    "Geben Sie ein bis zehn Zertifikate an, mit denen der Anbieter unterschreibt.",
  "This is no X.509 certificate: give it as PEM.": "Das ist kein X.509-Zertifikat: Geben Sie es als PEM an.",
  "The certificate's key has to be RSA with 2048 bits or more.":
    "Der Schlüssel des Zertifikats muss RSA mit mindestens 2048 Bit sein.",
  "There is no such domain in this workspace.": "Diese Domain gibt es in diesem Workspace nicht.",
  "The provider's client secret is missing.": "Das Client-Secret des Anbieters fehlt.",
  "No single sign-on is set up in this workspace.": "In diesem Workspace ist kein Single Sign-on eingerichtet.",
  "No single sign-on is set up for this address: use your password.":
    "Für diese Adresse ist kein Single Sign-on eingerichtet: Nehmen Sie Ihr Passwort.",
  "No single sign-on by SAML is set up here, or not any more.":
    "Hier ist kein Single Sign-on über SAML eingerichtet, oder nicht mehr.",
  "This domain is in the list already.": "Diese Domain steht schon in der Liste.",
  "There is no TXT record {name} with this value as yet: set it, wait until it is seen, and try again.":
    "Einen TXT-Eintrag {name} mit diesem Wert gibt es noch nicht: Setzen Sie ihn, warten Sie, bis er zu sehen ist, und versuchen Sie es noch einmal.",
  "Another workspace speaks for this domain: have it removed there first.":
    "Ein anderer Workspace spricht für diese Domain: Lassen Sie sie dort erst entfernen.",
  "Nothing is bought here: whoever operates this deployment sets the plan. Ask them for another one.":
    "Hier wird nichts gekauft: Den Tarif setzt, wer diese Installation betreibt. Bitten Sie dort um einen anderen.",
  "Only who pays does this: ask {name}.": "Das tut nur, wer bezahlt: Fragen Sie {name}.",
  "Nothing was bought yet: choose a plan or buy credits first.":
    "Noch wurde nichts gekauft: Wählen Sie zuerst einen Tarif, oder kaufen Sie Credits.",
  "Only the owner of a workspace takes its payment over.":
    "Die Bezahlung eines Workspace übernimmt nur, wem er gehört.",
  "You pay for this workspace already: there is nothing to do.":
    "Sie bezahlen diesen Workspace schon: Es ist nichts zu tun.",
  "Only Admins see billing: ask one of your workspace.":
    "Die Abrechnung sehen nur Admins: Fragen Sie einen Ihres Workspace.",
  "The payment was refused: {why} Choose another way to pay under Manage payment.":
    "Die Zahlung wurde abgelehnt: Wählen Sie unter „Zahlung verwalten“ einen anderen Weg.",
  "Stripe can't be reached now: try again in a moment.":
    "Stripe ist gerade nicht zu erreichen: Versuchen Sie es gleich noch einmal.",
  "There is no seal of that number in this workspace's log.":
    "Ein Siegel dieser Nummer gibt es im Protokoll dieses Workspace nicht.",
  "Only Admins verify the audit log: ask one of your workspace.":
    "Das Protokoll prüfen nur Admins: Fragen Sie einen Ihres Workspace.",
  "Only Admins take the audit log's head: ask one of your workspace.":
    "Den Kopf des Protokolls nehmen nur Admins: Fragen Sie einen Ihres Workspace.",
  "Nothing is sealed yet: ask again in a second.": "Noch ist nichts gesiegelt: Versuchen Sie es gleich noch einmal.",
  "Only Admins read the audit log: ask one of your workspace.":
    "Das Protokoll lesen nur Admins: Fragen Sie einen Ihres Workspace.",
  "You own {names}: hand each over to another Admin first, and ask again.":
    "Ihnen gehören {names}: Übergeben Sie jeden erst einem anderen Admin, und fragen Sie dann noch einmal.",
  "You have asked for this already: wait for it, or take it back.":
    "Darum haben Sie schon gebeten: Warten Sie, oder nehmen Sie es zurück.",
  "This has been asked for already: wait for it, or take it back.":
    "Darum wurde schon gebeten: Warten Sie, oder nehmen Sie es zurück.",
  "Nothing waits to be erased.": "Es wartet nichts darauf, gelöscht zu werden.",
  "Only its owner has a workspace erased: ask them, or have it handed over to you.":
    "Einen Workspace lässt nur löschen, wem er gehört: Fragen Sie dort, oder lassen Sie ihn sich übergeben.",
  "There is no such member in this workspace.": "Dieses Mitglied gibt es in diesem Workspace nicht.",
  "This deployment keeps its data in {region}: use the one in {other}.":
    "Diese Installation hält ihre Daten in {region}: Nehmen Sie die in {other}.",
  "No free address was found for this name: try again, or choose another name.":
    "Zu diesem Namen fand sich keine freie Adresse: Versuchen Sie es noch einmal, oder wählen Sie einen anderen Namen.",
  "Only the owner hands a workspace over.": "Einen Workspace übergibt nur, wem er gehört.",
  "Hand the workspace over to another Admin: give them that role first.":
    "Übergeben Sie den Workspace einem anderen Admin: Geben Sie der Person erst diese Rolle.",
  "There is no such open invitation in this workspace.": "Diese offene Einladung gibt es in diesem Workspace nicht.",
  "You are a member of this workspace already.": "Sie sind schon Mitglied dieses Workspace.",
  "Only Admins see and decide who of the operator's enters.":
    "Wer vom Betreiber eintritt, sehen und entscheiden nur Admins.",
  "There is no such access, or it is over.": "Diesen Zugang gibt es nicht, oder er ist vorbei.",
  "A colour in hex with six digits, such as #0a7d5a.": "Eine Farbe in Hex mit sechs Ziffern, wie #0a7d5a.",
  "On this background it has a contrast of {contrast}, and {least} is the least that can be read.":
    "Auf diesem Grund hat sie einen Kontrast von {contrast}; lesbar ist erst {least}.",
  "There is no account with the address {email}.": "Ein Konto mit der Adresse {email} gibt es nicht.",
  "This is among the first that are tried: take a few words in a row instead.":
    "Das gehört zu dem, was zuerst probiert wird: Nehmen Sie lieber ein paar Wörter hintereinander.",
  "Give the secret that the provider made.": "Geben Sie das Secret an, das der Anbieter gemacht hat.",
  "Use an IANA name such as Europe/Berlin.": "Eine Zeitzone wie Europe/Berlin.",
  "This invitation is for another address: sign in with that one.":
    "Diese Einladung gilt einer anderen Adresse: Melden Sie sich mit dieser an.",
  "This invitation was used, taken back or replaced, or has expired: ask for a new one.":
    "Diese Einladung wurde benutzt, zurückgezogen oder ersetzt, oder sie ist zu alt: Bitten Sie um eine neue.",
  "Your provider's answer is larger than any should be: ask your Admin.":
    "Die Antwort Ihres Anbieters ist größer, als eine sein sollte: Fragen Sie Ihren Admin.",
  "Your provider's answer is no plain SAML response in UTF-8, without comments, document types and instructions.":
    "Die Antwort Ihres Anbieters ist keine einfache SAML-Antwort in UTF-8, ohne Kommentare, Dokumenttypen und Anweisungen.",
  "Your provider signs by a method that is not taken: set SHA-256 and RSA there.":
    "Ihr Anbieter signiert mit einem Verfahren, das nicht angenommen wird: Stellen Sie dort SHA-256 und RSA ein.",
  "The assertion is not signed by a key of your provider's: have it sign assertions, and look at the certificate.":
    "Die Assertion ist mit keinem Schlüssel Ihres Anbieters signiert: Lassen Sie ihn Assertions signieren, und sehen Sie nach dem Zertifikat.",
  "Your provider encrypts assertions, which is not taken: turn that off there.":
    "Ihr Anbieter verschlüsselt Assertions, was nicht angenommen wird: Schalten Sie das dort ab.",
  "Your provider did not sign you in.": "Ihr Anbieter hat Sie nicht angemeldet.",
  "This answer is of another provider than the workspace's: look at its entity id.":
    "Diese Antwort kommt von einem anderen Anbieter als dem des Workspace: Sehen Sie nach seiner Entity-ID.",
  "This answer is made for another service: look at the entity id that the provider has.":
    "Diese Antwort gilt einem anderen Dienst: Sehen Sie nach der Entity-ID, die beim Anbieter steht.",
  "This answer is made for another address: look at the reply address that the provider has.":
    "Diese Antwort gilt einer anderen Adresse: Sehen Sie nach der Antwortadresse, die beim Anbieter steht.",
  "This answer is too old, or not valid yet: begin anew, and look at the provider's clock.":
    "Diese Antwort ist zu alt oder gilt noch nicht: Beginnen Sie neu, und sehen Sie nach der Uhr des Anbieters.",
  "Nobody asked for this answer here, or too long ago: begin at the sign-in page, with your address.":
    "Um diese Antwort hat hier niemand gebeten, oder vor zu langer Zeit: Beginnen Sie auf der Anmeldeseite, mit Ihrer Adresse.",
  "This answer was used before: begin anew.": "Diese Antwort wurde schon benutzt: Beginnen Sie neu.",
  "Your provider tells no address: have it send the e-mail address.":
    "Ihr Anbieter nennt keine Adresse: Lassen Sie ihn die E-Mail-Adresse senden.",
  "This sign-in began in another browser, or took too long: begin anew.":
    "Diese Anmeldung begann in einem anderen Browser oder dauerte zu lange: Beginnen Sie neu.",
  "The assertion could not be opened: give your provider our newest metadata, and have it encrypt by AES-GCM and RSA-OAEP, or sign the response around it as well.":
    "Die Zusicherung ließ sich nicht öffnen: Geben Sie Ihrem Anbieter unsere neuesten Metadaten, und lassen Sie ihn mit AES-GCM und RSA-OAEP verschlüsseln oder auch die Antwort darum herum signieren.",
  "This was sent to another address: look at the log-out address that the provider has.":
    "Das ging an eine andere Adresse: Sehen Sie nach, welche Abmeldeadresse beim Anbieter steht.",
  "You are signed out here, and your provider did not say that you are there: close your browser.":
    "Hier sind Sie abgemeldet; Ihr Anbieter hat nicht gesagt, dass Sie es auch dort sind: Schließen Sie Ihren Browser.",
};
