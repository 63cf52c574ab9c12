import { expect, it } from "vitest";
import { aPublication } from "#tests/peers/adapter-contract";
import { countCharacters } from "@/channels/mastodon/count";
import { mastodonRules } from "@/channels/mastodon/rules";
import { isShownAs, isWrittenAs, mayBeShownAs } from "@/channels/mastodon/same-text";

const { validate, preview } = mastodonRules;
const codes = (...parts: string[]) => validate(aPublication({ parts })).map(({ code, position }) => [code, position]);

/** By docs.joinmastodon.org/user/posting: "links" and "mentions". */
it.each([
  ["", 0],
  ["Hello", 5],
  ["👩‍👩‍👧 e\u0301", 3],
  ["https://example.com/a/very/long/path?with=a&query=of-its-own#and-more", 23],
  ["http://a.co", 23],
  // Without http(s) it is none.
  ["example.com/a/very/long/path/that/counts/in/full", 48],
  ["ftp://example.com/a/file/that/counts", 36],
  ["See https://example.com/a, (https://example.com/b).", 55],
  ["@ana", 4],
  ["@ana@mastodon.example", 4],
  ["Hi @ana@a.example and @b.o_b@b.example!", 19],
  // An address of mail is no mention, nor is what stands in a link.
  ["ana@mastodon.example", 20],
  ["https://example.com/@ana@other.example/1", 23],
])("counts %j as %i", (text, length) => {
  expect(countCharacters(text)).toBe(length);
});

it("counts a link as the server says", () => {
  expect(countCharacters("a https://example.com/b", 32)).toBe(34);
});

it("takes 500, and not one more", () => {
  const link = `https://example.com/${"x".repeat(400)}`;
  expect(
    codes("x".repeat(500), `${"x".repeat(476)} ${link}`, `${"x".repeat(496)} @ana@${"a".repeat(40)}.example`),
  ).toEqual([["part_too_long", 2]]);
  expect(codes("x".repeat(501))).toEqual([["part_too_long", 0]]);
  expect(codes(`${"x".repeat(477)} ${link}`)).toEqual([["part_too_long", 0]]);
  expect(codes(`${"x".repeat(495)} @ana@${"a".repeat(40)}.example`)).toEqual([]);
  expect(codes(...Array.from({ length: 26 }, () => "ok"))).toEqual([["too_many_parts", undefined]]);
  const image = { assetId: "a", altText: "A", sha256: "a".repeat(64) };
  const crowded = aPublication({ parts: ["Look"], partImages: [Array.from({ length: 5 }, () => image)] });
  expect(validate(crowded)).toMatchObject([{ severity: "Error", code: "too_many_images" }]);
});

it("shows what becomes clickable, and escapes the rest", () => {
  const text = "<b> @ana@social.example see\nhttps://example.com/?a=1&b=2. #Launch! example.com";
  expect(preview(aPublication({ parts: [text] })).parts).toMatchObject([
    {
      html:
        '&lt;b&gt; <span class="mention">@ana@social.example</span> see<br>' +
        '<a href="https://example.com/?a=1&amp;b=2" rel="nofollow noopener noreferrer" target="_blank">' +
        'https://example.com/?a=1&amp;b=2</a>. <span class="tag">#Launch</span>! example.com',
      length: countCharacters(text),
      limit: 500,
    },
  ]);
});

it("knows a text again as servers show it", () => {
  const shown =
    '<p>1 &lt; 2 &amp; &#39;so&#39; <a href="https://a.example/b"><span class="invisible">https://</span>' +
    '<span class="">a.example/b</span></a></p><p><span class="h-card"><a href="#">@<span>ana</span></a></span><br/>two</p>';
  expect(isShownAs(shown, "1 < 2 & 'so' https://a.example/b\n\n\n@ana@else.example\ntwo ")).toBe(true);
  expect(isShownAs(shown, "1 < 2 & 'so' https://a.example/b\n\n@ana@else.example\ntwo!")).toBe(false);
  expect(isShownAs("<p>&#x110000;&unknown;&nbsp;</p>", "&#x110000;&unknown;")).toBe(true);
  expect(mayBeShownAs("<b>Bold</b> words", "**Bold** words")).toBe(true);
  expect(mayBeShownAs("<p>Something else entirely</p>", "**Bold** words")).toBe(false);
  expect(isWrittenAs("a\r\nb ", " a\nb")).toBe(true);
  expect(isWrittenAs("a b", "a\nb")).toBe(false);
});
