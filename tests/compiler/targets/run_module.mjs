// Runs one function of a module in Node, the way a browser would: given a layout, a block and bytes, it calls the
// export and prints its memory. Reads {wasm, export, base, content} as JSON.
import { readFileSync } from "node:fs";

const asked = JSON.parse(readFileSync(0, "utf8"));
const module = new WebAssembly.Module(Buffer.from(asked.wasm, "base64"));
const imports = { env: { effect: () => { throw new Error("no effects here"); } } };
const { exports } = new WebAssembly.Instance(module, imports);
const content = Buffer.from(asked.content, "base64");
const pages = Math.ceil((asked.base + content.length - exports.memory.buffer.byteLength) / 65536);
if (pages > 0) exports.memory.grow(pages);
new Uint8Array(exports.memory.buffer).set(content, asked.base);
const next = exports[asked.export](asked.base, 0, 1);
const memory = Buffer.from(exports.memory.buffer);
const answer = { next, heapBase: exports.heap_base.value, memory: memory.toString("base64") };
process.stdout.write(JSON.stringify(answer));
