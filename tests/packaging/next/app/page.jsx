// Rendered on the server with what the order tools say there, and again in the browser.
import { form } from "../programs/form.js";
import Desk from "./desk.jsx";

export default function Page() {
  return (
    <main>
      <pre>{JSON.stringify(form())}</pre>
      <Desk />
    </main>
  );
}
