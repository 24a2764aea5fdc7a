/* One WebSocket client of a collaboration server, in the dialect of y-websocket or of Hocuspocus. */
#pragma once
#include "bytes.h"
#include "measure.h"

#include <stdio.h>

typedef struct {
    int port;
    const char *path;  /* %s stands for the document */
    const char *token; /* Hocuspocus sends it in the first message */
    bool hocuspocus;
} Server;

typedef enum { CLOSED, CONNECTING, UPGRADING, OPEN } State;

typedef struct {
    int fd;
    uint32_t index;
    State state;
    bool synced, is_dirty, wants_write;
    char document[64];
    Buffer in, out;
    uint64_t started, synced_at, arrived; /* when it connected, was synced, got its last bytes */
    uint64_t *asked; /* when what the server has not acknowledged yet was due; 0: not an edit */
    uint32_t asked_first, asked_count, asked_room;
    FILE *dump; /* all updates that arrive, each after its length */
} Client;

/* What a client tells. */
typedef struct {
    void (*synced)(Client *);
    void (*update)(Client *, Reader update);
    void (*presence)(Client *, Reader states);
    void (*acknowledged)(Client *, uint64_t due, bool saved);
} Events;

extern const Server *server;
extern Events events;
extern uint32_t closed_early; /* connections that the server refused or closed */
extern uint64_t bytes_received;

void connect_client(Client *client);
void close_client(Client *client);
void ask_for_all(Client *client);
void send_update(Client *client, const uint8_t *update, size_t size, uint64_t due);
void send_presence(Client *client, const uint8_t *states, size_t size);

/* Writes what was sent since the last time; whatever the socket does not take waits for it. */
void flush_clients(void);

/* Handles what the sockets have, at least until `until`. */
void wait_for_sockets(uint64_t until);
