/* Which edit of which writer has reached which client, and how long after it was due.

   One *delivered edit* is one edit that reached one client other than its writer. A clock for each
   (client, writer) counts them, so that merged updates get full credit, echoes and repetitions none,
   and a lost update shows as a gap. */
#pragma once
#include <stdbool.h>

#include "measure.h"
#include "script.h"

typedef struct {
    const Script *script; /* NULL: presence, where every change counts one */
    uint64_t first_id;
    uint32_t docs, clients, writers; /* clients and writers in one document */
    uint32_t *sent;                  /* [doc][writer] */
    uint64_t **due;                  /* [doc][writer][edit] */
    uint32_t *room;                  /* how many entries `due` has */
    uint32_t *clock, *reached;       /* [client][writer]: clock, and number of edits */
    bool *has_base;                  /* [client] */
    uint32_t with_base;
    uint64_t from, to;               /* latencies of edits due in between are noted */
    uint64_t delivered, outstanding, gaps;
    uint64_t *outstanding_of;        /* [doc] */
    uint64_t delivered_of_window, sent_of_window;
    Histogram latency;
} Tracker;

void start_tracker(Tracker *t);
void note_sent(Tracker *t, uint32_t doc, uint32_t writer, uint64_t due);

/* A client has learnt of clocks `start` to `end` of a Yjs client id. */
void note_arrived(Tracker *t, uint32_t client, uint64_t id, uint64_t start, uint64_t end, uint64_t at);

/* The writer's clock after its edit number `index`. */
uint32_t clock_after(const Tracker *t, uint32_t writer, uint32_t index);
