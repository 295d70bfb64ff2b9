import { json } from "@sveltejs/kit";

import { desk } from "../../../app/desk.js";

export const GET = async () => json(await desk());
