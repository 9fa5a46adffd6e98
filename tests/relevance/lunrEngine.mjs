// Lunr, set up and asked as the reference does: stems first, then beginnings, then two edits.
import lunr from "lunr";

/** An engine over documents with an `id`, whose other properties are all searched. */
export function lunrEngine(documents) {
  const fields = Object.keys(documents[0]).filter((name) => name !== "id");
  const index = lunr(function () {
    this.ref("id");
    for (const name of fields) this.field(name);
    for (const document of documents) this.add(document);
  });
  return (words) =>
    index
      .query((query) => {
        const tokens = lunr.tokenizer(words);
        query.term(tokens, { usePipeline: true, boost: 100 });
        query.term(tokens, { usePipeline: false, boost: 10, wildcard: lunr.Query.wildcard.TRAILING });
        query.term(tokens, { usePipeline: false, boost: 1, editDistance: 2 });
      })
      .map(({ ref }) => ref);
}
