#include "tracker.h"

#include <stdlib.h>
#include <string.h>

void start_tracker(Tracker *t) {
    size_t writers = (size_t)t->docs * t->writers, clients = (size_t)t->docs * t->clients;
    t->sent = calloc(writers, sizeof *t->sent);
    t->due = calloc(writers, sizeof *t->due);
    t->room = calloc(writers, sizeof *t->room);
    t->clock = calloc(clients * t->writers, sizeof *t->clock);
    t->reached = calloc(clients * t->writers, sizeof *t->reached);
    t->has_base = calloc(clients, sizeof *t->has_base);
    t->outstanding_of = calloc(t->docs, sizeof *t->outstanding_of);
}

uint32_t clock_after(const Tracker *t, uint32_t writer, uint32_t index) {
    return t->script ? t->script->writer[writer].edits[index].end : index + 1;
}

void note_sent(Tracker *t, uint32_t doc, uint32_t writer, uint64_t due) {
    size_t at = (size_t)doc * t->writers + writer;
    if (t->sent[at] == t->room[at]) {
        t->room[at] = t->room[at] ? t->room[at] * 2 : 64;
        t->due[at] = realloc(t->due[at], t->room[at] * sizeof **t->due);
        if (!t->due[at]) abort();
    }
    t->due[at][t->sent[at]++] = due;
    t->outstanding += t->clients - 1;
    t->outstanding_of[doc] += t->clients - 1;
    t->sent_of_window += due >= t->from && due < t->to;
}

static void note_base(Tracker *t, uint32_t client, uint64_t end) {
    if (t->script && end >= t->script->base_end && !t->has_base[client]) {
        t->has_base[client] = true;
        t->with_base++;
    }
}

void note_arrived(Tracker *t, uint32_t client, uint64_t id, uint64_t start, uint64_t end, uint64_t at) {
    uint64_t writer = id - t->first_id;
    if (writer >= t->writers) {
        if (id + 1 == t->first_id) note_base(t, client, end);
        return;
    }
    if (writer == client % t->clients) return;
    size_t own = (size_t)client * t->writers + writer;
    if (start > t->clock[own]) {
        t->gaps++;
        return;
    }
    if (end <= t->clock[own]) return;
    t->clock[own] = (uint32_t)end;
    uint32_t doc = client / t->clients;
    size_t script = (size_t)doc * t->writers + writer;
    const uint64_t *due = t->due[script];
    uint32_t next = t->reached[own], sent = t->sent[script];
    for (; next < sent && clock_after(t, (uint32_t)writer, next) <= end; next++) {
        t->delivered++;
        t->outstanding--;
        t->outstanding_of[doc]--;
        if (due[next] >= t->from && due[next] < t->to) {
            t->delivered_of_window++;
            note(&t->latency, at - due[next]);
        }
    }
    t->reached[own] = next;
}
