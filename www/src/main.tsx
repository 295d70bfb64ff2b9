import { render } from "preact";

import { App } from "./app";
import { open } from "./desk";

const root = document.getElementById("desk");
if (root) render(<App />, root);
void open();
