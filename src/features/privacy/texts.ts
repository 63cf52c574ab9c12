/**
 * What stands there until the operator puts their own in its place: `legal/terms.md` and `legal/privacy.md` of the data
 * directory, and `terms.de.md` and `privacy.de.md` for German. Both languages say the same.
 */
export const OUR_TEXTS = {
  Terms: {
    en: `# Terms of use

These terms are between you and whoever operates this deployment of ContentOS ("we"). They are a default: the operator may put their own in place of them.

## What you may expect

You may use ContentOS to plan, write, review, publish and measure content. What you write stays yours, or that of whoever you write it for. We keep it, show it to the people of your workspaces, and publish it where and when you say so. You can take it along at any time as open files.

## What we expect

- Use your own account, and keep its password to yourself.
- Bring in only what you may use, and publish only what you may publish.
- Keep to the rules of the networks to which you publish.
- Do not try to reach what is not yours, and do not disturb what others use.

## What happens otherwise

Whoever breaks these terms can be suspended. We say why. What they wrote can still be taken along.

## What we do not promise

We run ContentOS with care, and can't promise that it never fails, nor that a network takes every publication. We answer for intent and gross negligence, and for what the law does not let us exclude.

## The end

You can have your account erased at any time, under Settings, Your account. We can end the service with thirty days of notice.

## Changes

When these terms change, you are asked anew.
`,
    de: `# Nutzungsbedingungen

Diese Bedingungen gelten zwischen Ihnen und dem, der diese Installation von ContentOS betreibt („wir“). Sie sind eine Vorgabe: Der Betreiber kann eigene an ihre Stelle setzen.

## Was Sie erwarten können

Sie dürfen mit ContentOS Inhalte planen, schreiben, prüfen, veröffentlichen und messen. Was Sie schreiben, bleibt Ihres oder gehört dem, für den Sie es schreiben. Wir bewahren es auf, zeigen es den Menschen Ihrer Workspaces und veröffentlichen es dort und dann, wo und wann Sie es sagen. Sie können es jederzeit als offene Dateien mitnehmen.

## Was wir erwarten

- Benutzen Sie Ihr eigenes Konto, und behalten Sie sein Passwort für sich.
- Bringen Sie nur ein, was Sie verwenden dürfen, und veröffentlichen Sie nur, was Sie veröffentlichen dürfen.
- Halten Sie sich an die Regeln der Netzwerke, in denen Sie veröffentlichen.
- Versuchen Sie nicht, an Dinge zu kommen, die nicht Ihre sind, und stören Sie nicht, was andere benutzen.

## Was sonst geschieht

Wer gegen diese Bedingungen verstößt, kann gesperrt werden. Wir sagen, warum. Was sie oder er geschrieben hat, kann weiterhin mitgenommen werden.

## Was wir nicht versprechen

Wir betreiben ContentOS mit Sorgfalt und können nicht versprechen, dass es nie ausfällt oder dass ein Netzwerk jede Veröffentlichung annimmt. Wir haften für Vorsatz und grobe Fahrlässigkeit und für das, was das Gesetz uns nicht auszuschließen erlaubt.

## Das Ende

Sie können Ihr Konto jederzeit löschen lassen, unter Einstellungen, Ihr Konto. Wir können den Dienst mit einer Frist von dreißig Tagen beenden.

## Änderungen

Wenn sich diese Bedingungen ändern, werden Sie neu gefragt.
`,
  },
  Privacy: {
    en: `# Privacy policy

This says what is kept about you in this deployment of ContentOS, and what for. It is a default: the operator may put their own in place of it, with their name and how to reach them.

## What is kept

- **Your account**: name, address, a hash of your password, and where you are signed in (network address and browser), so that you can see and end it.
- **What you do**: what you write, decide, schedule and upload, with your id and the time, so that a workspace knows who did what.
- **The audit log** of each workspace: ids, times and actions. It has titles of items and no other texts, and nobody's name.

Visitors of public sites are counted by numbers for each day. No cookie is set for them, but one if they say no under [Your privacy choices](/privacy-choices), and nobody of them is kept.

## What for

To give you what you signed up for (article 6(1)(b) GDPR), to keep it safe, and to prove who decided what (article 6(1)(f)).

## Who gets it

The people of your workspaces see your name and address. The networks to which a workspace publishes get what it publishes. Whoever runs servers, mail and backups for the operator has it on the operator's behalf. Nothing is sold, and nothing is shared for advertising across contexts (CCPA). Under [Your privacy choices](/privacy-choices) you can still say no to it, once and for good.

## How long

As long as you have an account. Drafts that you saved, answers to repeated requests and the like go sooner. Backups go when their time is over.

## Your rights

Under Settings, Your account, you can take along everything that is kept about you, and have your account erased. You may also ask the operator to correct or restrict it, object, and complain to a supervisory authority.

## Changes

When this policy changes, you are asked anew.
`,
    de: `# Datenschutzerklärung

Hier steht, was in dieser Installation von ContentOS über Sie aufbewahrt wird, und wofür. Es ist eine Vorgabe: Der Betreiber kann eine eigene an ihre Stelle setzen, mit seinem Namen und wie er zu erreichen ist.

## Was aufbewahrt wird

- **Ihr Konto**: Name, Adresse, ein Hash Ihres Passworts, und wo Sie angemeldet sind (Netzwerkadresse und Browser), damit Sie es sehen und beenden können.
- **Was Sie tun**: was Sie schreiben, entscheiden, planen und hochladen, mit Ihrer Kennung und der Zeit, damit ein Workspace weiß, wer was getan hat.
- **Das Protokoll** jedes Workspace: Kennungen, Zeiten und Handlungen. Es enthält Titel von Beiträgen und keine anderen Texte, und niemandes Namen.

Wer öffentliche Seiten besucht, wird nur in Zahlen für jeden Tag gezählt. Es wird kein Cookie dafür gesetzt, außer einem, wenn jemand unter [Ihre Entscheidungen zum Datenschutz](/privacy-choices) Nein sagt, und von niemandem davon wird etwas aufbewahrt.

## Wofür

Um Ihnen zu geben, wofür Sie sich registriert haben (Artikel 6 Absatz 1 Buchstabe b DSGVO), um es sicher zu halten, und um nachzuweisen, wer was entschieden hat (Artikel 6 Absatz 1 Buchstabe f).

## Wer es bekommt

Die Menschen Ihrer Workspaces sehen Ihren Namen und Ihre Adresse. Die Netzwerke, in denen ein Workspace veröffentlicht, bekommen, was er veröffentlicht. Wer für den Betreiber Server, Post und Sicherungen betreibt, hat es in dessen Auftrag. Nichts wird verkauft, und nichts wird für Werbung über Zusammenhänge hinweg weitergegeben (CCPA). Unter [Ihre Entscheidungen zum Datenschutz](/privacy-choices) können Sie trotzdem Nein dazu sagen, ein für alle Mal.

## Wie lange

Solange Sie ein Konto haben. Entwürfe, die Sie gespeichert haben, Antworten auf wiederholte Anfragen und dergleichen gehen früher. Sicherungen gehen, wenn ihre Zeit um ist.

## Ihre Rechte

Unter Einstellungen, Ihr Konto, können Sie alles mitnehmen, was über Sie aufbewahrt wird, und Ihr Konto löschen lassen. Sie können den Betreiber auch bitten, es zu berichtigen oder einzuschränken, widersprechen, und sich bei einer Aufsichtsbehörde beschweren.

## Änderungen

Wenn sich diese Erklärung ändert, werden Sie neu gefragt.
`,
  },
};
