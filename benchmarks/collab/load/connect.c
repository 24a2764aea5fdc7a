/* Connections that come, and stay; and documents that are opened one after the other. */
#include "modes.h"
#include "window.h"

void run_connect(void) {
    Moment first = take_moment();
    connect_fleet();
    Window window = between(first, take_moment());
    uint32_t count = tracker.docs * tracker.clients;
    for (uint32_t i = 0; i < count; i++) note(&tracker.latency, fleet[i].synced_at - fleet[i].started);
    printf("{\"connections\": %u, \"connected_per_second\": %.1f, \"seconds\": %.3f, \"cpu_seconds\": %.3f",
           count, count / window.seconds, window.seconds, window.cpu_seconds);
    print_latency("latency", &tracker.latency);
    printf("}\n");
    stay_connected();
}

void run_load(void) {
    events = (Events){0};
    printf("{\"ms\": [");
    for (uint32_t time = 0; time < mode_options.times; time++) {
        Client client = {0};
        uint64_t deadline = now() + 120 * SECOND;
        name_client(&client, time, 0);
        if (fleet_options.dump && time == 0) {
            char path[600];
            snprintf(path, sizeof path, "%s/doc0.server", fleet_options.dump);
            client.dump = fopen(path, "wb");
        }
        connect_client(&client);
        while (!client.synced && client.state != CLOSED && now() < deadline)
            wait_for_sockets(now() + SECOND / 10);
        if (!client.synced) fail("the document did not come");
        printf("%s%.3f", time ? ", " : "", (double)(client.synced_at - client.started) / 1e6);
        if (client.dump) fclose(client.dump);
        close_client(&client);
    }
    printf("], \"bytes\": %lu}\n", bytes_received);
}
