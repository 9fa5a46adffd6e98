// Stands in for the service of another company, to try the example without one: it answers nobody without its token.
import { createServer } from "node:http";

const token = process.env.STATUS_TOKEN;
if (!token) throw new Error("set STATUS_TOKEN to the token that it should demand");

const services = {
  "sms-gateway": {
    state: "degraded",
    message: "Messages to two networks are late.",
    updatedAt: "2026-11-30T06:15:00Z",
  },
  payments: { state: "operational", message: "", updatedAt: "2026-11-30T05:00:00Z" },
};

const server = createServer((request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { error: "who are you?" });
  const [, name] = /^\/api\/v1\/services\/([\w-]+)$/.exec(request.url) ?? [];
  const service = name && Object.hasOwn(services, name) ? services[name] : undefined;
  return service ? answer(200, service) : answer(404, { error: "no such service" });
});

server.listen(Number(process.env.PORT ?? 4020), "127.0.0.1", () => {
  console.log(`The status service is at http://127.0.0.1:${server.address().port}/`);
});
