// Who asks: the portal says it with a token that is signed for this service alone.
import { createPublicKey, verify } from "node:crypto";

const portal = process.env.PORTAL ?? "http://127.0.0.1:7007";
const audience = process.env.AUDIENCE ?? "incidents";
/** Whom the portal takes visitors for; they are somebody to the portal, and nobody to us. */
const guest = process.env.GUEST ?? "user:default/guest";
/** How long the portal's keys are good for without asking again. */
const freshness = 300_000;

let known = { keys: [], until: 0 };

async function keyOf(id) {
  if (Date.now() > known.until) {
    const response = await fetch(`${portal}/.well-known/jwks.json`);
    known = { keys: (await response.json()).keys, until: Date.now() + freshness };
  }
  const key = known.keys.find(({ kid }) => kid === id);
  return key && createPublicKey({ key, format: "jwk" });
}

const decode = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/** The reference of who asks, as `user:default/ada`; null for nobody, and for whoever is not whom they say. */
export async function readViewer(authorization) {
  const [head, body, signature] = authorization?.replace(/^Bearer /i, "").split(".") ?? [];
  if (!head || !body || !signature) return null;
  try {
    const { alg, kid } = decode(head);
    const key = alg === "ES256" && (await keyOf(kid));
    const signed = { key, dsaEncoding: "ieee-p1363" };
    if (!key || !verify("sha256", Buffer.from(`${head}.${body}`), signed, Buffer.from(signature, "base64url")))
      return null;
    const { iss, aud, exp, sub, permissions } = decode(body);
    const isOurs = iss === portal && [aud].flat().includes(audience) && exp > Date.now() / 1000;
    // A token that may do certain things only may not do ours.
    return isOurs && !permissions && sub !== guest ? sub : null;
  } catch {
    return null;
  }
}
