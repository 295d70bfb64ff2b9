// A span for each request to the API, out of the client's `onEvent`: no query, no id, no PO number, no person.
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";

/**
 * What to hand to the client as `onEvent`. The spans are children of what `parent` holds; a client that serves many callers leaves it
 * out, and its spans stand by themselves.
 */
export function spansOf(tracer, parent) {
  return (event) => {
    if (event.type !== "response") return; // It knows how long the request took, so it is enough.
    const { method, status, durationMs, attempt } = event;
    const template = templateOf(event.path);
    const now = Date.now();
    const options = {
      kind: SpanKind.CLIENT,
      startTime: now - durationMs,
      root: parent === undefined,
      attributes: { "http.request.method": method, "url.template": template },
    };
    const span = tracer.startSpan(`${method} ${template}`, options, parent);
    if (attempt > 1) span.setAttribute("http.request.resend_count", attempt - 1);
    if (status !== undefined) span.setAttribute("http.response.status_code", status);
    if (status === undefined || status >= 400) {
      span.setAttribute("error.type", status === undefined ? "no_answer" : String(status));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(now);
  };
}

/** `/v1/Orders/{id}` for every order. */
function templateOf(path) {
  return path.replace(/^(.*\/v1\/[^/]+)\/.+$/, "$1/{id}");
}
