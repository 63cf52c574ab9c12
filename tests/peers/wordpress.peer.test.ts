import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Member } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { aPicture, sha256 } from "#tests/factories/assets";
import { importFile } from "#tests/factories/transfer";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { type Made, startWordPress, type WordPressServer, wordPressMissing } from "#tests/peers/wordpress-server";
import { wordsOf } from "@/features/transfer/readers/html";
import { plainText } from "@/platform/markdown";

const missing = wordPressMissing();

describe.skipIf(missing)(`a real WordPress${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const t = testDatabase();
  const call = caller(t);
  let wordpress: WordPressServer;
  let pictures: Buffer[];
  let posts: Made[];
  let pages: Made[];
  let people: { editor: Member; writer: Member };

  /** Posts of both editors, pages, pictures, words and comments, all made through WordPress itself. */
  beforeAll(async () => {
    wordpress = await startWordPress();
    const { rest, upload } = wordpress;
    people = await seedTeam(t);
    const author = await rest("POST", "users", {
      username: "ada",
      name: "Ada Lovelace",
      email: people.writer.email,
      password: "a password of the tests",
      roles: ["author"],
    });
    const category = await rest("POST", "categories", { name: "Gardening" });
    const tag = await rest("POST", "tags", { name: "Spring & more" });
    pictures = await Promise.all([aPicture(), aPicture(400, 300), aPicture(300, 300)]);
    const media: Made[] = [];
    for (const [at, picture] of pictures.entries()) media.push(await upload(`picture-${at}.png`, picture));
    await rest("POST", `media/${media[0]!.id}`, { alt_text: "A tulip" });
    const words = { status: "publish", categories: [category.id], tags: [tag.id], author: author.id };
    posts = [];
    for (let n = 0; n < 12; n++)
      posts.push(
        await rest("POST", "posts", {
          ...words,
          title: `Post ${n} & more`,
          slug: `post-${n}`,
          content: bodyOf(n, media, posts.at(-1)),
          excerpt: n === 0 ? "The very first" : "",
        }),
      );
    await rest("POST", `posts/${posts[1]!.id}`, { featured_media: media[2]!.id });
    await rest("POST", "posts", { title: "Not yet", content: "A draft.", status: "draft" });
    pages = [
      await rest("POST", "pages", {
        title: "About",
        content: `<p>See <a href="${posts[0]!.link}">the first</a>.</p>`,
        status: "publish",
      }),
    ];
    const comment = await rest("POST", "comments", {
      post: posts[0]!.id,
      author_name: "Reader",
      author_email: "reader@example.com",
      content: "How nice!",
      status: "approve",
    });
    await rest("POST", "comments", {
      post: posts[0]!.id,
      parent: comment.id,
      author_name: "Ada",
      author_email: "ada@example.com",
      content: "Thank you.",
      status: "approve",
    });
  }, 300_000);
  afterAll(() => wordpress?.close());

  it("moves in whole: posts, pages, pictures, words, authors and comments, and a second time nothing", async () => {
    const { editor, writer } = people;
    const xml = await wordpress.exported();
    const file = { bytes: Buffer.from(xml), fileName: "wordpress.xml", contentType: "application/xml" };
    const done = await importFile(t, call, editor, file);
    expect(done).toMatchObject({ status: "Finished", format: "WordPress", source: wordpress.url, message: null });
    expect(done.counts).toMatchObject({ imported: 14, updated: 0, unchanged: 0, conflicts: 0, failed: 0 });
    const itemOf = (title: string) => done.entries.find((entry) => entry.title === title)!.contentItemId!;
    const items = await Promise.all(
      done.entries
        .filter(({ contentItemId }) => contentItemId)
        .map(({ contentItemId }) => call(editor, "GET", `/content/${contentItemId}`)),
    );
    expect(items.map(({ body }) => body.status)).toEqual(items.map(() => "Draft"));

    // The bytes of each picture are those that WordPress was given, though it makes smaller copies.
    const library = await call(editor, "GET", "/assets?limit=100");
    expect(library.body.items!.map(({ sha256: hash }) => hash).sort()).toEqual(pictures.map(sha256).sort());
    expect(library.body.items!.find(({ sha256: hash }) => hash === sha256(pictures[0]!))!.altText).toBe("A tulip");

    // What a reader of the page reads is what the item says.
    for (const post of [...posts, ...pages]) {
      const rendered = await wordpress.rest("GET", `${pages.includes(post) ? "pages" : "posts"}/${post.id}`);
      const title = pages.includes(post) ? "About" : `Post ${posts.indexOf(post)} & more`;
      const item = await call(editor, "GET", `/content/${itemOf(title)}`);
      const { body } = item.body.currentVersion as { body: string };
      expect(letters(plainText(body))).toBe(letters(wordsOf(rendered.content.rendered)));
    }

    const first = await call(editor, "GET", `/content/${itemOf("Post 0 & more")}`);
    expect(first.body).toMatchObject({
      assigneeId: writer.userId,
      tags: [{ name: "Gardening" }, { name: "Spring & more" }],
      currentVersion: { metadata: { slug: "post-0", excerpt: "The very first", firstPublishedAt: expect.any(String) } },
    });
    const about = await call(editor, "GET", `/content/${itemOf("About")}`);
    expect((about.body.currentVersion as { body: string }).body).toContain(`content:${first.body.id}`);
    const threads = await call(editor, "GET", `/content/${first.body.id}/comments`);
    expect(threads.body.items).toMatchObject([
      {
        comments: {
          items: [
            { body: expect.stringMatching(/^\*Reader, .*How nice!/s) },
            { body: expect.stringMatching(/^\*Ada, .*Thank you\./s) },
          ],
        },
      },
    ]);
    const featured = await call(editor, "GET", `/content/${itemOf("Post 1 & more")}`);
    expect((featured.body.currentVersion as { body: string }).body).toMatch(/^!\[[^\]]*\]\(asset:/);

    const again = await importFile(t, call, editor, { ...file, bytes: Buffer.from(await wordpress.exported()) });
    expect(again.counts).toMatchObject({ imported: 0, updated: 0, unchanged: 14, failed: 0 });
    expect((await call(editor, "GET", "/assets?limit=100")).body.items).toHaveLength(pictures.length);
  });

  it("brings a post that was changed there as a new version, and a new comment into its thread", async () => {
    const { editor } = people;
    await wordpress.rest("POST", `posts/${posts[3]!.id}`, { content: "<p>Written anew.</p>" });
    await wordpress.rest("POST", "comments", {
      post: posts[0]!.id,
      author_name: "Late",
      author_email: "late@example.com",
      content: "I came late.",
      status: "approve",
    });
    const file = {
      bytes: Buffer.from(await wordpress.exported()),
      fileName: "wordpress.xml",
      contentType: "application/xml",
    };
    const done = await importFile(t, call, editor, file);
    expect(done.counts).toMatchObject({ imported: 0, updated: 2, unchanged: 12, conflicts: 0, failed: 0 });
    const changed = done.entries.find(({ title }) => title === "Post 3 & more")!;
    const item = await call(editor, "GET", `/content/${changed.contentItemId}`);
    expect(item.body.currentVersion).toMatchObject({ versionNumber: 2, body: "Written anew.\n" });
  });
});

/** A post of the block editor or of the classic one, in turn, with a picture, a table, and a link to the one before. */
function bodyOf(n: number, media: Made[], before: Made | undefined): string {
  const link = before ? `See <a href="${before.link}">the one before</a>.` : "It begins.";
  const picture = media[n % 2]!;
  if (n % 2 === 0)
    return `<!-- wp:paragraph --><p>Post ${n}: <em>${link}</em></p><!-- /wp:paragraph -->
<!-- wp:image {"id":${picture.id}} --><figure class="wp-block-image"><img src="${picture.source_url}" alt="A tulip" class="wp-image-${picture.id}"/><figcaption>In ${n}</figcaption></figure><!-- /wp:image -->
<!-- wp:table --><figure class="wp-block-table"><table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></figure><!-- /wp:table -->
<!-- wp:code --><pre class="wp-block-code"><code>let x = 1 &lt; 2;</code></pre><!-- /wp:code -->`;
  return `Post ${n}, classic. ${link}

[caption id="attachment_${picture.id}" align="alignnone" width="400"]<img src="${picture.source_url}" alt="A daisy" width="400" height="300" /> Below ${n}[/caption]

A list:
<ul>
 	<li>one</li>
 	<li>two</li>
</ul>
Last words &amp; <strong>more</strong>.`;
}

/** Without the spaces and the kinds of quotes and dashes that each shows as it likes. */
const letters = (text: string) =>
  text
    .replace(/[“”„"]/g, '"')
    .replace(/[‘’']/g, "'")
    .replace(/[–—]/g, "-")
    .replace(/\s+/g, "");
