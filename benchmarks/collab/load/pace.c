#include "pace.h"

#include "fleet.h"

static double gap;
static uint64_t origin, steps;
static uint32_t turn[1 << 16]; /* of each document: whose turn it is */

static void send_next(uint32_t doc, uint64_t due) {
    uint32_t writer = turn[doc]++ % tracker.writers;
    uint32_t at = tracker.sent[(size_t)doc * tracker.writers + writer];
    if (at == tracker.script->writer[writer].count) fail("there are too few prepared edits");
    const Edit *edit = &tracker.script->writer[writer].edits[at];
    note_sent(&tracker, doc, writer, due);
    send_update(&fleet[doc * tracker.clients + writer], edit->data, edit->size, due);
}

void start_pace(double rate, uint64_t begin) {
    gap = (double)SECOND / rate;
    origin = begin;
    steps = 0;
}

uint64_t next_due(void) { return origin + (uint64_t)(gap * (double)steps); }

void send_due(uint64_t stop) {
    static uint32_t doc; /* goes on where the last pace ended: the documents share evenly */
    uint64_t at = now();
    for (uint64_t due; (due = next_due()) <= at && due < stop; steps++) {
        send_next(doc, due);
        doc = (doc + 1) % tracker.docs;
    }
}

void send_where_there_is_room(uint32_t in_flight) {
    uint64_t at = now(), room = (uint64_t)(in_flight - 1) * (tracker.clients - 1);
    for (uint32_t doc = 0; doc < tracker.docs; doc++)
        while (tracker.outstanding_of[doc] <= room) send_next(doc, at);
}

bool has_edits_for(double rate) {
    double each = rate / tracker.docs / tracker.writers + 1;
    for (uint32_t w = 0; w < tracker.writers; w++)
        if (tracker.sent[w] + each > tracker.script->writer[w].count) return false;
    return true;
}
