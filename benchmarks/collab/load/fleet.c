#include "fleet.h"

#include "yjs.h"

#include <poll.h>

#define PATIENCE (300 * SECOND)

FleetOptions fleet_options = {.at_once = 64, .document = "bench"};
Client *fleet;
Tracker tracker;
Histogram acknowledged;
uint64_t acknowledged_total, refused_total;

static uint32_t synced, in_progress;

void fail(const char *why) {
    printf("{\"error\": \"%s\"}\n", why);
    fflush(stdout);
    exit(1);
}

void stay_connected(void) {
    struct pollfd input = {.fd = 0, .events = POLLIN};
    fflush(stdout);
    while (poll(&input, 1, 0) == 0) wait_for_sockets(now() + SECOND / 20);
}

/* ---- what arrives ----------------------------------------------------------------------- */

static void on_range(void *context, uint64_t id, uint64_t start, uint64_t end) {
    const Client *client = context;
    note_arrived(&tracker, client->index, id, start, end, client->arrived);
}

static void on_update(Client *client, Reader update) {
    if (!walk_update(update, on_range, client)) fail("the server sent an update that cannot be read");
}

static void on_presence(Client *client, Reader states) {
    for (uint64_t count = read_uint(&states); count && !states.bad; count--) {
        uint64_t id = read_uint(&states), clock = read_uint(&states);
        read_block(&states);
        if (!tracker.script) note_arrived(&tracker, client->index, id, 0, clock, client->arrived);
    }
}

static void on_synced(Client *client) {
    (void)client;
    synced++;
    in_progress--;
}

static void on_acknowledged(Client *client, uint64_t due, bool saved) {
    (void)client;
    acknowledged_total++;
    refused_total += !saved;
    if (due >= tracker.from && due < tracker.to) note(&acknowledged, now() - due);
}

/* ---- connecting ------------------------------------------------------------------------- */

void name_client(Client *client, uint32_t index, uint32_t document) {
    client->index = index;
    snprintf(client->document, sizeof client->document, "%s-%u", fleet_options.document, document);
}

static void open_dump(Client *client, uint32_t doc, const char *who) {
    char path[600];
    snprintf(path, sizeof path, "%s/doc%u.%s", fleet_options.dump, doc, who);
    client->dump = fopen(path, "wb");
    if (!client->dump) fail("the dump cannot be written");
}

static void await_synced(uint32_t wanted, uint64_t deadline) {
    while (synced < wanted) {
        if (closed_early) fail("a client could not connect");
        if (now() > deadline) fail("the clients were not connected in time");
        wait_for_sockets(now() + SECOND / 100);
    }
}

/* `only`: 1 the first client of each document, 0 the others. */
static void connect_some(bool only, uint64_t deadline) {
    for (uint32_t index = 0; index < tracker.docs * tracker.clients; index++) {
        if ((index % tracker.clients == 0) != only) continue;
        while (in_progress >= (uint32_t)fleet_options.at_once) await_synced(synced + 1, deadline);
        in_progress++;
        connect_client(&fleet[index]);
    }
    await_synced(only ? tracker.docs : tracker.docs * tracker.clients, deadline);
}

static void await_base(uint32_t wanted, uint64_t deadline) {
    while (tracker.with_base < wanted) {
        if (now() > deadline) fail("the first page did not reach everybody in time");
        wait_for_sockets(now() + SECOND / 100);
    }
}

void connect_fleet(void) {
    uint32_t clients = tracker.clients, count = tracker.docs * clients;
    uint64_t deadline = now() + PATIENCE;
    fleet = calloc(count, sizeof *fleet);
    events = (Events){on_synced, on_update, on_presence, on_acknowledged};
    for (uint32_t index = 0; index < count; index++) {
        uint32_t doc = index / clients, place = index % clients;
        name_client(&fleet[index], index, doc);
        bool is_shown = place == 0 || place == clients / 2 || place == clients - 1;
        if (fleet_options.dump && doc < fleet_options.dumped_docs && is_shown) {
            char who[32];
            snprintf(who, sizeof who, "client%u", place);
            open_dump(&fleet[index], doc, who);
        }
    }
    connect_some(true, deadline);
    for (uint32_t doc = 0; tracker.script && doc < tracker.docs; doc++) {
        Client *first = &fleet[doc * clients];
        send_update(first, tracker.script->base.data, tracker.script->base.size, 0);
        ask_for_all(first);
    }
    if (tracker.script) await_base(tracker.docs, deadline);
    connect_some(false, deadline);
    if (tracker.script) await_base(count, deadline);
}

/* ---- the end ---------------------------------------------------------------------------- */

bool drain(double seconds) {
    uint64_t deadline = now() + (uint64_t)(seconds * (double)SECOND);
    while (tracker.outstanding && now() < deadline) wait_for_sockets(now() + SECOND / 100);
    return tracker.outstanding == 0;
}

static uint32_t fresh_clock[MAX_WRITERS];

static void on_fresh_range(void *context, uint64_t id, uint64_t start, uint64_t end) {
    uint64_t writer = id - tracker.first_id;
    (void)context;
    if (writer < tracker.writers && start <= fresh_clock[writer] && end > fresh_clock[writer])
        fresh_clock[writer] = (uint32_t)end;
}

static void on_fresh_update(Client *client, Reader update) {
    walk_update(update, on_fresh_range, client);
}

static bool fresh_client_has_all(uint32_t doc) {
    Client client = {0};
    uint64_t deadline = now() + 20 * SECOND;
    memset(fresh_clock, 0, sizeof fresh_clock);
    name_client(&client, tracker.docs * tracker.clients, doc);
    if (fleet_options.dump && doc < fleet_options.dumped_docs) open_dump(&client, doc, "server");
    events = (Events){.update = on_fresh_update};
    connect_client(&client);
    while (!client.synced && client.state != CLOSED && now() < deadline)
        wait_for_sockets(now() + SECOND / 100);
    close_client(&client);
    if (client.dump) fclose(client.dump);
    bool has_all = client.synced;
    for (uint32_t w = 0; w < tracker.writers; w++) {
        uint32_t sent = tracker.sent[(size_t)doc * tracker.writers + w];
        if (sent && fresh_clock[w] < clock_after(&tracker, w, sent - 1)) has_all = false;
    }
    return has_all;
}

bool fresh_clients_have_all(void) {
    bool have_all = true;
    uint32_t step = tracker.docs > 3 ? tracker.docs / 3 : 1;
    for (uint32_t doc = 0; doc < tracker.docs; doc += step) have_all &= fresh_client_has_all(doc);
    return have_all;
}

void dump_sent(void) {
    char path[600];
    if (!fleet_options.dump) return;
    snprintf(path, sizeof path, "%s/sent.json", fleet_options.dump);
    FILE *file = fopen(path, "w");
    if (!file) fail("the dump cannot be written");
    fputc('[', file);
    for (uint32_t doc = 0; doc < fleet_options.dumped_docs && doc < tracker.docs; doc++) {
        fputs(doc ? ",[" : "[", file);
        for (uint32_t w = 0; w < tracker.writers; w++)
            fprintf(file, w ? ",%u" : "%u", tracker.sent[(size_t)doc * tracker.writers + w]);
        fputc(']', file);
    }
    fputc(']', file);
    fclose(file);
    for (uint32_t i = 0; i < tracker.docs * tracker.clients; i++)
        if (fleet[i].dump) fclose(fleet[i].dump);
}
