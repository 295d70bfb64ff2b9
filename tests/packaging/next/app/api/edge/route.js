import { desk } from "../../../programs/desk.js";

export const runtime = "edge";

export async function GET() {
  return Response.json(await desk());
}
