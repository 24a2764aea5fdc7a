/* Edits at a pace, open or closed loop, for a while. */
#include "modes.h"
#include "pace.h"
#include "window.h"

static void wait_and_send(uint64_t until, uint64_t stop) {
    while (now() < until) {
        uint64_t next = mode_options.in_flight ? until : next_due();
        wait_for_sockets(next < until ? next : until);
        if (mode_options.in_flight) send_where_there_is_room(mode_options.in_flight);
        else send_due(stop);
        flush_clients();
    }
}

static void print_end(bool drained) {
    bool has_all = drained && fresh_clients_have_all();
    uint64_t due = tracker.sent_of_window * (tracker.clients - 1);
    print_latency("latency", &tracker.latency);
    print_latency("acknowledged", &acknowledged);
    printf(", \"edits\": %lu, \"late\": %lu, \"undelivered\": %lu, \"gaps\": %lu, \"refused\": %lu",
           tracker.sent_of_window, due - tracker.delivered_of_window, tracker.outstanding, tracker.gaps,
           refused_total);
    printf(", \"closed\": %u, \"drained\": %s, \"has_all\": %s}\n", closed_early,
           drained ? "true" : "false", has_all ? "true" : "false");
    dump_sent();
}

static uint64_t unacknowledged(void) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < tracker.docs * tracker.clients; i++) sum += fleet[i].asked_count;
    return sum;
}

void run_edits(void) {
    connect_fleet();
    uint64_t begin = now() + SECOND / 20;
    tracker.from = begin + (uint64_t)(mode_options.warm * SECOND);
    tracker.to = tracker.from + (uint64_t)(mode_options.seconds * SECOND);
    start_pace(mode_options.rate, begin);
    if (mode_options.in_flight) send_where_there_is_room(mode_options.in_flight);
    wait_and_send(tracker.from, tracker.to);
    Moment first = take_moment();
    wait_and_send(tracker.to, tracker.to);
    Window window = between(first, take_moment());
    uint64_t waiting = unacknowledged();
    uint64_t stopped = now();
    bool drained = drain(mode_options.patience);
    double drained_after = (double)(now() - stopped) / SECOND;
    while (unacknowledged() && now() < stopped + (uint64_t)(mode_options.patience * SECOND)) wait_for_sockets(now() + SECOND / 100);
    double acknowledged_after = (double)(now() - stopped) / SECOND;
    printf("{");
    print_window(&window);
    printf(", \"drained_after\": %.3f, \"unacknowledged\": %lu, \"acknowledged_after\": %.3f, "
           "\"never_acknowledged\": %lu",
           drained_after, waiting, acknowledged_after, unacknowledged());
    print_end(drained);
}

/* ---- steps ------------------------------------------------------------------------------ */

#define SETTLE (SECOND * 3 / 10)

/* One rate, until the window is over and its edits have arrived; true when they came in time. */
static bool run_step(double rate, Window *window) {
    uint64_t begin = now() + SECOND / 100;
    tracker.from = begin + SETTLE;
    tracker.to = tracker.from + (uint64_t)(mode_options.seconds * SECOND);
    tracker.latency = (Histogram){0};
    tracker.delivered_of_window = tracker.sent_of_window = 0;
    start_pace(rate, begin);
    wait_and_send(tracker.from, tracker.to);
    Moment first = take_moment();
    wait_and_send(tracker.to, tracker.to);
    *window = between(first, take_moment());
    bool drained = drain(1);
    bool all = tracker.delivered_of_window == tracker.sent_of_window * (tracker.clients - 1);
    return drained && all && percentile_ms(&tracker.latency, 0.99) < mode_options.p99;
}

void run_steps(void) {
    connect_fleet();
    Window best = {0}, window;
    Histogram latency = {0};
    double held = 0;
    uint32_t failed = 0;
    bool drained = true;
    printf("{\"steps\": [");
    for (double rate = mode_options.rate; rate <= mode_options.most && has_edits_for(rate * 2);) {
        bool passed = run_step(rate, &window);
        printf("%s[%.0f, %.2f, %.2f]", rate == mode_options.rate && !failed ? "" : ", ", rate,
               percentile_ms(&tracker.latency, 0.99), window.own_share);
        if (passed) {
            best = window;
            held = rate;
            latency = tracker.latency;
            failed = 0;
            rate *= mode_options.factor;
        } else {
            drained = drain(mode_options.patience);
            if (!drained || ++failed == mode_options.tries) break;
        }
    }
    tracker.latency = latency;
    printf("], \"held\": %.0f, ", held);
    print_window(&best);
    print_end(drained && drain(mode_options.patience));
}
