/** Of imports and exports: what became of each entry, and why. */
export const moving: Record<string, string> = {
  "Only Admins set a workspace up: ask one of them.": "Einen Workspace richten nur Admins ein: Fragen Sie einen davon.",
  "Editors and Admins import: ask one of them.":
    "Importieren können Editoren und Admins: Fragen Sie jemanden von ihnen.",
  "Admins export the workspace: ask one of them.": "Den Workspace exportieren Admins: Fragen Sie einen davon.",
  "There is no such import in this workspace.": "Diesen Import gibt es in diesem Workspace nicht.",
  "There is no such export in this workspace.": "Diesen Export gibt es in diesem Workspace nicht.",
  "There is no such file in this workspace.": "Diese Datei gibt es in diesem Workspace nicht.",
  "An import is under way in this workspace: wait for it, or cancel it.":
    "In diesem Workspace läuft ein Import: Warten Sie, oder brechen Sie ihn ab.",
  "An export is under way in this workspace: wait for it.": "In diesem Workspace läuft ein Export: Warten Sie ihn ab.",
  "Map authors to members of this workspace.": "Ordnen Sie Autoren Mitgliedern dieses Workspace zu.",
  "This upload is {status}: import it once it is Ready.":
    "Dieser Upload ist noch nicht fertig: Importieren Sie ihn danach.",
  "This file was uploaded to be shown.": "Diese Datei wurde hochgeladen, um gezeigt zu werden.",
  "Upload the file with the purpose Import.": "Laden Sie die Datei zum Importieren hoch.",
  "This import is {status} already.": "Dieser Import ist schon vorbei.",
  "Whoever asked for this import is no Editor or Admin any more.":
    "Wer um diesen Import bat, ist nicht mehr Editor oder Admin.",
  "Whoever asked for this import is no member any more.": "Wer um diesen Import bat, ist kein Mitglied mehr.",
  "Whoever asked for this export is no Admin any more.": "Wer um diesen Export bat, ist kein Admin mehr.",
  "It was canceled.": "Er wurde abgebrochen.",
  "The uploaded file is gone: upload it again.":
    "Die hochgeladene Datei ist nicht mehr da: Laden Sie sie noch einmal hoch.",
  "It is no {format} source, but {found}.": "Das ist keine Quelle in {format}, sondern {found}.",
  "It was imported before, as part of {source}.": "Das wurde schon importiert, als Teil von {source}.",
  "Comments were added; the text is the same.": "Kommentare kamen hinzu; der Text ist derselbe.",
  "What changed in the source is nothing that an item says.":
    "Was sich in der Quelle geändert hat, steht in keinem Beitrag.",
  "It is archived here.": "Der Beitrag ist hier archiviert.",
  "It is {status} here.": "Der Beitrag ist hier kein Entwurf mehr.",
  "It was edited here since it was imported.": "Der Beitrag wurde seit dem Import hier bearbeitet.",
  "{why} The source has changed, too: nothing was overwritten.":
    "{why} Auch die Quelle hat sich geändert: Überschrieben wurde nichts.",
  "Tags that are longer than {characters} characters, or beyond {most}, were left out.":
    "Schlagwörter mit mehr als {characters} Zeichen, und alle nach {most}, blieben weg.",
  "Comments that are empty, or longer than {characters} characters, were left out ({count}).":
    "Kommentare, die leer sind oder mehr als {characters} Zeichen haben, blieben weg ({count}).",
  "What it says is here already.": "Was darin steht, ist schon hier.",
  "This item is of this workspace, and says something else: nothing was overwritten.":
    "Dieser Beitrag stammt aus diesem Workspace und sagt etwas anderes: Überschrieben wurde nichts.",
  "The versions of {item} are not whole: the archive was changed, or cut off.":
    "Die Versionen von {item} sind nicht vollständig: Das Archiv wurde geändert oder abgeschnitten.",
  "The versions between are in the archive only.": "Die Versionen dazwischen stehen nur im Archiv.",
  "Its brief is not as ContentOS writes one, and was left out.":
    "Das Briefing ist nicht, wie ContentOS eines schreibt, und blieb weg.",
  "The persona {persona} of its brief is not here.": "Die Persona {persona} des Briefings gibt es hier nicht.",
  "The picture {address} is not in the source.": "Das Bild {address} ist nicht in der Quelle.",
  "The picture {address} was not taken: {why}": "Das Bild {address} wurde nicht übernommen: {why}",
  "It is no picture of a kind that is kept.": "Diese Art von Bild wird nicht verwahrt.",
  "The archive has more than {most} items.": "Das Archiv hat mehr als {most} Beiträge.",
  "The versions of {item} have more than {characters} characters together.":
    "Die Versionen von {item} haben zusammen mehr als {characters} Zeichen.",
  "This export is of a later version of ContentOS: bring this deployment up to date.":
    "Dieser Export stammt von einem neueren ContentOS: Bringen Sie diese Installation auf den neuesten Stand.",
  "Line {line} of contentos.json is not as ContentOS writes it.":
    "Zeile {line} von contentos.json ist nicht, wie ContentOS sie schreibt.",
  "A line of contentos.json is too long.": "Eine Zeile von contentos.json ist zu lang.",
  "It is no zip archive, or a broken one.": "Das ist kein ZIP-Archiv, oder ein beschädigtes.",
  "The list of files in this archive is broken.": "Das Dateiverzeichnis dieses Archivs ist beschädigt.",
  "The archive has more than {most} files: divide it.": "Das Archiv hat mehr als {most} Dateien: Teilen Sie es auf.",
  "Its name is too long.": "Der Name ist zu lang.",
  "Its name leads out of the archive, or is none.": "Der Name führt aus dem Archiv hinaus oder ist keiner.",
  "It is a link: links are not followed.": "Das ist eine Verknüpfung: Ihnen wird nicht gefolgt.",
  "It is no plain file.": "Das ist keine gewöhnliche Datei.",
  "It is encrypted.": "Das ist verschlüsselt.",
  "It is compressed in a way that isn't read: use deflate.":
    "Das ist auf eine Weise gepackt, die nicht gelesen wird: Nehmen Sie Deflate.",
  "The archive has two files of this name: the first is taken.":
    "Das Archiv hat zwei Dateien dieses Namens: Genommen wird die erste.",
  "There is no file {path}.": "Eine Datei {path} gibt es nicht.",
  "It grows to more than {times} times its size.": "Das wächst beim Entpacken auf mehr als das {times}-Fache.",
  "The archive holds more than {bytes} bytes: divide it.":
    "Das Archiv enthält mehr als {bytes} Byte: Teilen Sie es auf.",
  "It has more than {bytes} bytes.": "Das hat mehr als {bytes} Byte.",
  "Its bytes in the archive are broken.": "Das ist im Archiv beschädigt.",
  "It has no Markdown, no HTML, no WordPress export, no feed and no ContentOS export.":
    "Darin ist kein Markdown, kein HTML, kein Export von WordPress oder ContentOS und kein Feed.",
  "There are more than {most} entries: divide the source.":
    "Es sind mehr als {most} Einträge: Teilen Sie die Quelle auf.",
  "It is nested deeper than {most} folders.": "Das liegt tiefer als {most} Ordner.",
  "The folder has more than {most} files: divide it.": "Der Ordner hat mehr als {most} Dateien: Teilen Sie ihn auf.",
  "It can't be opened.": "Das lässt sich nicht öffnen.",
  "This entry is longer than one may be.": "Dieser Eintrag ist zu lang.",
  "This entry is longer than a post may be.": "Dieser Eintrag ist zu lang.",
  "An archive within the source is not opened.": "Ein Archiv in der Quelle wird nicht geöffnet.",
  "Its front matter is TOML (+++): convert it to YAML between lines of ---.":
    "Der Dateikopf ist TOML (+++): Wandeln Sie ihn in YAML zwischen Zeilen aus --- um.",
  "Its front matter has more than {most} characters.": "Der Dateikopf hat mehr als {most} Zeichen.",
  "Its front matter is no YAML: {why}": "Der Dateikopf ist kein YAML: {why}",
  "Its front matter is no list of fields (`name: value`).": "Der Dateikopf ist keine Liste von Feldern (`Name: Wert`).",
  "Its front matter has aliases that multiply: write them out.":
    "Der Dateikopf hat Verweise, die sich vervielfachen: Schreiben Sie sie aus.",
  "The embedded page {address} is a link now.": "Die eingebettete Seite {address} ist jetzt ein Link.",
  "A table has joined cells, which Markdown can't say.":
    "Eine Tabelle hat verbundene Zellen, was Markdown nicht sagen kann.",
  "It has more than {most} characters of HTML: divide it.": "Das hat mehr als {most} Zeichen HTML: Teilen Sie es auf.",
  "It has more than {most} tags: divide it.": "Das hat mehr als {most} HTML-Tags: Teilen Sie es auf.",
  "The field {name} doesn't fit here and was left out: it stays with what the source said.":
    "Das Feld {name} passt hier nicht und blieb weg: Es bleibt bei dem, was die Quelle sagte.",
  "The title was longer than {most} characters and was cut.":
    "Der Titel war länger als {most} Zeichen und wurde gekürzt.",
  "Its {what} is nested too deeply or too intricate to read.":
    "Das ist zu tief verschachtelt oder zu verwickelt, um es zu lesen ({what}).",
  "It says that its encoding is {name}: convert it to UTF-8 first.":
    "Als Kodierung ist {name} angegeben: Wandeln Sie es erst in UTF-8 um.",
  "It has bytes that are not {name}: convert it to UTF-8, or say which encoding it has.":
    "Darin sind Bytes, die nicht {name} sind: Wandeln Sie es in UTF-8 um, oder sagen Sie, welche Kodierung es hat.",
  "It has bytes that are not windows-1252: convert it to UTF-8.":
    "Darin sind Bytes, die nicht windows-1252 sind: Wandeln Sie es in UTF-8 um.",
  "It has NUL characters, as binary files do: take them out.":
    "Darin sind NUL-Zeichen, wie in Binärdateien: Nehmen Sie sie heraus.",
  "It has half a character (a lone surrogate): take it out.": "Darin ist ein halbes Zeichen: Nehmen Sie es heraus.",
  "The shortcode [{name}] stays as text.": "Der Shortcode [{name}] bleibt als Text stehen.",
  "No post or page of this export uses this file.":
    "Kein Beitrag und keine Seite dieses Exports verwendet diese Datei.",
  "A WordPress {type} is no content.": "Das ist in WordPress kein Inhalt ({type}).",
  "It is {status} in WordPress.": "In WordPress ist das kein Beitrag ({status}).",
  "It has characters that can't be read (U+FFFD): its bytes are not of the encoding it names.":
    "Darin sind Zeichen, die nicht zu lesen sind (U+FFFD): Die Bytes haben eine andere Kodierung als angegeben.",
  "A text at line {line} has more than {most} characters.": "Ein Text in Zeile {line} hat mehr als {most} Zeichen.",
  "The XML is broken at line {line}: nothing after it was read.":
    "Das XML ist in Zeile {line} beschädigt: Danach wurde nichts gelesen.",
  "It has a document type (DOCTYPE), which is not read: take it out.":
    "Darin ist ein Dokumenttyp (DOCTYPE), der nicht gelesen wird: Nehmen Sie ihn heraus.",
  "Its elements are nested deeper than {most} levels.": "Die Elemente sind tiefer als {most} Ebenen verschachtelt.",
};
