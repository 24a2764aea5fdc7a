// The server of y-websocket with its LevelDB: node y-websocket.mjs PORT FOLDER
//
// Durability: every update is handed to LevelDB at once, which does not sync it to the disk; clients
// are not told. A document is loaded while its first client is already being answered.
const [port, folder] = process.argv.slice(2);
Object.assign(process.env, { HOST: "127.0.0.1", PORT: port, YPERSISTENCE: folder });
await import("./node_modules/@y/websocket-server/src/server.js"); // the package exports no name for it
