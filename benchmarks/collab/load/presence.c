/* Cursors that move: every client announces its place so many times a second. */
#include "modes.h"
#include "window.h"

static void announce(uint32_t client, uint64_t due) {
    static Buffer states;
    char state[200];
    uint32_t place = client % tracker.clients, doc = client / tracker.clients;
    uint32_t clock = tracker.sent[(size_t)doc * tracker.writers + place] + 1;
    int size = snprintf(state, sizeof state,
                        "{\"cursor\":{\"x\":%u,\"y\":%u},\"selection\":[\"node-%u\"],"
                        "\"user\":{\"name\":\"Client %u\",\"color\":\"#2a6f97\"}}",
                        clock * 7 % 1440, clock * 13 % 900, clock / 20, place);
    states.size = 0;
    put_uint(&states, 1);
    put_uint(&states, tracker.first_id + place);
    put_uint(&states, clock);
    put_block(&states, state, (size_t)size);
    note_sent(&tracker, doc, place, due);
    send_presence(&fleet[client], states.data, states.size);
}

static void move_until(uint64_t until, uint64_t begin, uint64_t *moves) {
    uint32_t clients = tracker.docs * tracker.clients;
    double gap = SECOND / mode_options.rate;
    while (now() < until) {
        uint64_t due = begin + (uint64_t)(gap * (double)*moves);
        wait_for_sockets(due < until ? due : until);
        for (uint64_t at = now(); (due = begin + (uint64_t)(gap * (double)*moves)) <= at && due < tracker.to;
             ++*moves)
            announce((uint32_t)(*moves % clients), due);
        flush_clients();
    }
}

void run_presence(void) {
    uint64_t moves = 0;
    connect_fleet();
    uint64_t begin = now() + SECOND / 20;
    tracker.from = begin + (uint64_t)(mode_options.warm * SECOND);
    tracker.to = tracker.from + (uint64_t)(mode_options.seconds * SECOND);
    move_until(tracker.from, begin, &moves);
    Moment first = take_moment();
    move_until(tracker.to, begin, &moves);
    Window window = between(first, take_moment());
    uint64_t stopped = now();
    bool drained = drain(mode_options.patience);
    printf("{\"drained_after\": %.3f, ", (double)(now() - stopped) / SECOND);
    print_window(&window);
    print_latency("latency", &tracker.latency);
    printf(", \"undelivered\": %lu, \"closed\": %u, \"drained\": %s, \"has_all\": %s}\n",
           tracker.outstanding, closed_early, drained ? "true" : "false", drained ? "true" : "false");
}
