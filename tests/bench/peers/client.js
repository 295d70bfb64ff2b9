// A client as people write it after reading the API's page: a cached token, retries with the same body, nothing reconciled.
const RETRIED = new Set([429, 500, 502, 503, 504]);

export function handWrittenClient({ baseUrl, credentials, fetch }) {
  let token;
  const send = async (path, init) => {
    for (let attempt = 0; ; attempt++) {
      const answer = await fetch(new Request(new URL(path, baseUrl), init));
      if (!RETRIED.has(answer.status) || attempt === 3) return answer;
      await new Promise((done) => setTimeout(done, 2 ** attempt * 500));
    }
  };
  const authorize = async () => {
    const answer = await send("/v1/Tokens", { method: "POST", headers: { Email: credentials.email, AccessToken: credentials.accessToken } });
    token = (await answer.json()).Value;
  };
  return {
    async createOrder(order) {
      if (!token) await authorize();
      const body = typeof order === "string" ? order : JSON.stringify(order);
      const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
      const answer = await send("/v1/Orders", { method: "POST", headers, body });
      if (!answer.ok) throw new Error(`the order was answered with ${answer.status}`);
      return answer.json();
    },
  };
}
