/* All clients of a run: connected, with the page that their edits build on, and checked at the end. */
#pragma once
#include "client.h"
#include "tracker.h"

typedef struct {
    int at_once; /* connections that are being made at one time */
    pid_t pid;   /* the server, whose CPU is measured; 0: nobody's */
    const char *document;
    const char *dump; /* a folder for what some clients receive, or NULL */
    uint32_t dumped_docs;
} FleetOptions;

extern FleetOptions fleet_options;
extern Client *fleet;
extern Tracker tracker;
extern Histogram acknowledged;
extern uint64_t acknowledged_total, refused_total;

void name_client(Client *client, uint32_t index, uint32_t document);

/* Connects everybody, the first client of each document first, and seeds the documents. */
void connect_fleet(void);

/* Waits until all that was sent has reached everybody; false after `seconds`. */
bool drain(double seconds);

/* Opens some documents anew and tells whether the server has every writer's last edit. */
bool fresh_clients_have_all(void);

/* Writes how far each writer of the dumped documents got, for `verify.mjs`. */
void dump_sent(void);

/* Keeps the connections until standard input ends. */
void stay_connected(void);

_Noreturn void fail(const char *why);
