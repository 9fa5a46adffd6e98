// Ranks documents with Lunr, the default engine of the reference, asked in the three ways in which that asks it: stemmed,
// as a beginning, and with two mistakes. Reads {documents, queries} and writes the ids of the first ten for each query.
import { readFileSync } from "node:fs";
import lunr from "lunr";

const { documents, queries } = JSON.parse(readFileSync(0, "utf8"));
const fields = [...new Set(documents.flatMap((document) => Object.keys(document)))].filter((field) => field !== "id");

const index = lunr((builder) => {
  builder.ref("id");
  fields.forEach((field) => builder.field(field));
  documents.forEach((document) => builder.add(document));
});

const rank = (text) =>
  index.query((query) => {
    const terms = lunr.tokenizer(text);
    query.term(terms, { usePipeline: true, boost: 100 });
    query.term(terms, { usePipeline: false, boost: 10, wildcard: lunr.Query.wildcard.TRAILING });
    query.term(terms, { usePipeline: false, editDistance: 2, boost: 1 });
  });

process.stdout.write(JSON.stringify(queries.map((text) => rank(text).slice(0, 10).map(({ ref }) => ref))));
