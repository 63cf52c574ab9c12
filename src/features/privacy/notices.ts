/** What stands there until the operator puts their own in its place: `legal/choices.md` and `legal/choices.de.md` of the data directory. */
export const OUR_NOTICES = {
  en: `# Your privacy choices

This notice says what is collected when you use this deployment of ContentOS or read a site that is published with it, what for, and for how long (California: notice at collection, CCPA §1798.100). It is a default: the operator may put their own in place of it.

**Nothing is sold, and nothing is shared for advertising across contexts.** Nothing was in the last twelve months either, and of nobody under 16. You can still say that you do not want it: then it also stays so, whatever changes here.

## What is collected

- **Identifiers**: name, email address, network address of your sessions. What for: your account; to keep it safe. How long: as long as you have the account.
- **Account log-in (sensitive)**: your password, as a hash. What for: to let you in, and nobody else. How long: as long as you have the account.
- **Activity**: what you write, decide, schedule and upload, with the time. What for: to do what you ask; to prove who decided what. How long: as long as the workspace keeps it.
- **Device**: the browser of your sessions. What for: so that you can see and end them. How long: as long as you have the account.
- **Visits of public sites**: numbers for each page and day; nothing of a visitor. What for: so that authors know what is read. How long: as long as the workspace keeps it.

It comes from you, or from who invites you. It goes to the people of your workspaces, to the networks to which they publish, and to those who run servers, mail and backups on the operator's behalf. Sensitive information is used for nothing but letting you in.

## What you can do

- **Say no to sale and sharing**, on this page. With an account your choice is kept with it, on all your devices; without one, a cookie in this browser keeps it, and tells nothing else.
- **Let your browser say it.** Global Privacy Control (the header \`Sec-GPC: 1\`) is honoured as such a choice, here and on every public site.
- **Know, take along, correct and erase**: under Settings, Your account, or by asking the operator. Somebody whom you name may ask for you.

Whoever says no gets the same service. Visits of public sites are then not counted at all, and no headline is tried on you.
`,
  de: `# Ihre Entscheidungen zum Datenschutz

Hier steht, was erhoben wird, wenn Sie dieses ContentOS nutzen oder eine damit veröffentlichte Website lesen, wozu und wie lange (Kalifornien: Hinweis bei der Erhebung, CCPA §1798.100). Dies ist eine Vorgabe: Wer es betreibt, kann einen eigenen Text an ihre Stelle setzen.

**Nichts wird verkauft, und nichts wird für Werbung über mehrere Dienste hinweg weitergegeben.** Auch in den letzten zwölf Monaten nicht, und von niemandem unter 16. Sie können dennoch sagen, dass Sie es nicht wollen: Dann bleibt es auch so, was immer sich hier ändert.

## Was erhoben wird

- **Kennungen**: Name, E-Mail-Adresse, Netzadresse Ihrer Anmeldungen. Wozu: Ihr Konto; damit es sicher ist. Wie lange: solange Sie das Konto haben.
- **Zugang (sensibel)**: Ihr Passwort, als Hash. Wozu: damit Sie hineinkommen und sonst niemand. Wie lange: solange Sie das Konto haben.
- **Tätigkeit**: was Sie schreiben, entscheiden, planen und hochladen, mit der Zeit. Wozu: um zu tun, was Sie verlangen; um zu belegen, wer was entschied. Wie lange: solange der Workspace es aufbewahrt.
- **Gerät**: der Browser Ihrer Anmeldungen. Wozu: damit Sie sie sehen und beenden können. Wie lange: solange Sie das Konto haben.
- **Besuche öffentlicher Websites**: Zahlen je Seite und Tag; nichts über einzelne Besucher. Wozu: damit Autoren wissen, was gelesen wird. Wie lange: solange der Workspace es aufbewahrt.

Es kommt von Ihnen oder von denen, die Sie einladen. Es geht an die Menschen in Ihren Workspaces, an die Netzwerke, in denen diese veröffentlichen, und an alle, die im Auftrag des Betreibers Server, Mail und Sicherungen betreiben. Sensible Angaben dienen nur der Anmeldung.

## Was Sie tun können

- **Verkauf und Weitergabe widersprechen**, auf dieser Seite. Mit einem Konto wird es dort festgehalten, für alle Ihre Geräte; ohne eines merkt es sich ein Cookie in diesem Browser, der sonst nichts verrät.
- **Den Browser sprechen lassen.** Global Privacy Control (die Kopfzeile \`Sec-GPC: 1\`) gilt als solcher Widerspruch, hier und auf jeder öffentlichen Website.
- **Erfahren, mitnehmen, berichtigen und löschen**: unter Einstellungen, Ihr Konto, oder indem Sie den Betreiber fragen. Auch jemand, den Sie benennen, darf das für Sie tun.

Wer widerspricht, bekommt denselben Dienst. Besuche öffentlicher Websites werden dann gar nicht gezählt, und keine Überschrift wird an Ihnen erprobt.
`,
};
