"use client";

import { useEffect } from "react";

import { desk } from "../programs/desk.js";

export default function Desk() {
  useEffect(() => {
    desk().then((result) => (globalThis.result = result));
  }, []);
  return <p>Every entry, in the browser</p>;
}
