// How well what is meant is found, over descriptors that others wrote, beside the engine that the reference starts
// with. The report is written to where RELEVANCE_REPORT says.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { freePort, startPortal } from "../browser/support/server.mjs";
import { lunrEngine } from "./lunrEngine.mjs";
import { normalizedGain, readJudgements, reciprocalRank } from "./measures.mjs";

const descriptors = corpusOf(import.meta.dirname);
const skip = descriptors === undefined && "there is no ../shared/corpus beside the checkout";

/** The descriptors beside one of the folders above. */
function corpusOf(folder) {
  const corpus = join(folder, "../shared/corpus/catalog");
  if (existsSync(corpus)) return corpus;
  return dirname(folder) === folder ? undefined : corpusOf(dirname(folder));
}

const kinds = ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Template", "Location", "AiResource"];

/** What asks other hosts, which is waited for in vain where there is no network. */
const leadsElsewhere = /(\$(text|json|yaml):|target:|^\s*-)\s*["']?https?:/m;

async function startCorpus() {
  const targets = readdirSync(descriptors, { recursive: true })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => join(descriptors, file))
    .filter((file) => !leadsElsewhere.test(readFileSync(file, "utf8")));
  return startPortal({
    port: await freePort(),
    config: {
      auth: { guest: { enabled: true } },
      permission: { roles: [{ name: "readers", members: ["*"], grants: [{ permission: "catalog.*" }] }] },
      catalog: { rules: [{ allow: kinds }], locations: targets.map((target) => ({ type: "file", target })) },
    },
  });
}

function askerOf({ address }) {
  return async (query, variables = {}) => {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${address}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  };
}

/** All entities, once every descriptor is read and the search knows of all. */
async function entitiesOf(ask) {
  const deadline = Date.now() + 180_000;
  for (;;) {
    const { entities, locations, search } = await ask(
      `{
        entities(first: 500) { totalCount nodes { ref kind displayName description tags } }
        locations(first: 500) { nodes { state } }
        search(text: "", first: 0) { totalCount }
      }`,
    );
    const isRead = locations.nodes.every(({ state }) => state !== "PENDING" && state !== "READING");
    if (isRead && search.totalCount === entities.totalCount) return entities.nodes;
    assert.ok(Date.now() < deadline, "the descriptors are not read");
    await new Promise((soon) => setTimeout(soon, 300));
  }
}

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

test("what is meant is found higher than by the engine that the reference starts with", { skip, timeout: 240_000 }, async () => {
  const judgements = readJudgements(await readFile(join(import.meta.dirname, "entities.txt"), "utf8"));
  assert.ok(judgements.length >= 120);
  const portal = await startCorpus();
  try {
    const ask = askerOf(portal);
    const entities = await entitiesOf(ask);
    const known = new Set(entities.map(({ ref }) => ref));
    for (const { words, judged } of judgements) {
      for (const ref of judged.keys()) assert.ok(known.has(ref), `${words}: there is no ${ref}`);
    }
    const lunr = lunrEngine(
      entities.map(({ ref, kind, displayName, description, tags }) => ({
        id: ref,
        title: displayName,
        name: ref.split("/")[1],
        text: description ?? "",
        kind,
        tags: tags.join(" "),
      })),
    );
    const own = async (words) => {
      const { search } = await ask("query($text: String!) { search(text: $text, first: 10) { nodes { entity { ref } } } }", { text: words });
      return search.nodes.map(({ entity }) => entity.ref);
    };
    const rows = [];
    for (const { words, judged } of judgements) {
      const found = { own: await own(words), lunr: lunr(words) };
      const scores = (order) => ({ rank: reciprocalRank(order, judged), gain: normalizedGain(order, judged) });
      rows.push({ words, own: scores(found.own), lunr: scores(found.lunr), first: found.own[0] });
    }
    const summary = Object.fromEntries(
      ["own", "lunr"].map((engine) => [engine, { rank: mean(rows.map((row) => row[engine].rank)), gain: mean(rows.map((row) => row[engine].gain)) }]),
    );
    const report = inWords(rows, summary, entities.length);
    const place = process.env.RELEVANCE_REPORT;
    if (place) await writeFile(place, report);
    console.log(report.split("\n").slice(0, 8).join("\n"));
    assert.ok(summary.own.rank > summary.lunr.rank, JSON.stringify(summary));
    assert.ok(summary.own.gain > summary.lunr.gain, JSON.stringify(summary));
  } finally {
    await portal.stop();
  }
});

function inWords(rows, { own, lunr }, count) {
  const number = (value) => value.toFixed(3);
  const weak = rows.filter((row) => row.own.gain < 0.6);
  return [
    `# Relevance: ${rows.length} judged queries over ${count} entities`,
    "",
    "| engine | MRR | nDCG@10 |",
    "| --- | --- | --- |",
    `| Callboard | ${number(own.rank)} | ${number(own.gain)} |`,
    `| Lunr | ${number(lunr.rank)} | ${number(lunr.gain)} |`,
    "",
    "| where Callboard is weak | nDCG@10 | Lunr's | first found |",
    "| --- | --- | --- | --- |",
    ...weak.map((row) => `| ${row.words} | ${number(row.own.gain)} | ${number(row.lunr.gain)} | ${row.first ?? ""} |`),
    "",
  ].join("\n");
}
