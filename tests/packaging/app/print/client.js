import { client } from "../client.js";

// An API that knows one order.
const fetch = async (request) =>
  request.url.endsWith("/Tokens")
    ? Response.json({ Value: "token", ExpiresIn: 3600 })
    : Response.json({ Id: "ORDER-1", Status: "Fulfilled", PONumber: "PO-1" }, { status: 201 });

client({ baseUrl: "https://api.example", credentials: { email: "a@example.org", accessToken: "secret" }, fetch }).then((result) =>
  console.log(JSON.stringify(result)),
);
