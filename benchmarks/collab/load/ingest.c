/* A whole editing history through one connection, one message for each edit, as fast as it is taken. */
#include "modes.h"
#include "window.h"

#define QUEUED_BYTES (256 << 10) /* enough to keep the socket full */
#define PATIENCE (180 * SECOND)

static bool has_all;
static uint64_t last_acknowledged, count_acknowledged;

static void on_update(Client *client, Reader update) {
    (void)update;
    has_all = client->synced;
}

static void on_acknowledged(Client *client, uint64_t due, bool saved) {
    (void)client;
    (void)due;
    if (!saved) fail("the server refused an edit");
    last_acknowledged = now();
    count_acknowledged++;
}

void run_ingest(void) {
    Client client = {0};
    const Writer *writer = &tracker.script->writer[0];
    events = (Events){.update = on_update, .acknowledged = on_acknowledged};
    name_client(&client, 0, 0);
    connect_client(&client);
    while (!client.synced && client.state != CLOSED) wait_for_sockets(now() + SECOND / 10);
    has_all = false;
    Moment first = take_moment();
    uint64_t sent = 0, deadline = now() + PATIENCE;
    while (sent < writer->count && client.state == OPEN && now() < deadline) {
        for (; sent < writer->count && client.out.size < QUEUED_BYTES; sent++)
            send_update(&client, writer->edits[sent].data, writer->edits[sent].size, 1);
        wait_for_sockets(client.wants_write ? now() + SECOND / 10 : now());
    }
    ask_for_all(&client); /* answered after all that came before it */
    flush_clients();
    uint64_t all_sent = now();
    while ((!has_all || (server->hocuspocus && client.asked_count)) && client.state == OPEN && now() < deadline)
        wait_for_sockets(now() + SECOND / 100);
    Window window = between(first, take_moment());
    if (!has_all) fail("the server did not take in the history in time");
    printf("{\"edits\": %lu, \"seconds\": %.3f, \"cpu_seconds\": %.3f, \"edits_per_second\": %.1f", sent,
           window.seconds, window.cpu_seconds, (double)sent / window.seconds);
    printf(", \"sent_after\": %.3f, \"acknowledged\": %lu, \"own_share\": %.3f}\n",
           (double)(all_sent - first.started) / SECOND, count_acknowledged, window.own_share);
    stay_connected();
}
