#include "window.h"

Moment take_moment(void) {
    return (Moment){
        .started = now(),
        .server_cpu = fleet_options.pid ? cpu_of_tree(fleet_options.pid) : 0,
        .own_cpu = own_cpu(),
        .machine_cpu = cpu_of_machine(),
        .delivered = tracker.delivered,
        .acknowledged = acknowledged_total,
        .received = bytes_received,
    };
}

Window between(Moment begin, Moment end) {
    double seconds = (double)(end.started - begin.started) / SECOND;
    double cpu = (double)(end.server_cpu - begin.server_cpu) / SECOND;
    double own = (double)(end.own_cpu - begin.own_cpu) / SECOND;
    double others = (double)(end.machine_cpu - begin.machine_cpu) / SECOND - own - cpu;
    double delivered = (double)(end.delivered - begin.delivered);
    return (Window){
        .seconds = seconds,
        .cpu_seconds = cpu,
        .own_share = own / seconds,
        .others_share = others > 0 ? others / seconds : 0,
        .delivered_per_second = delivered / seconds,
        .delivered_per_cpu_second = cpu > 0 ? delivered / cpu : 0,
        .acknowledged_per_second = (double)(end.acknowledged - begin.acknowledged) / seconds,
        .received_per_second = (double)(end.received - begin.received) / seconds,
    };
}

void print_window(const Window *w) {
    printf("\"seconds\": %.3f, \"cpu_seconds\": %.4f, \"own_share\": %.3f, \"others_share\": %.3f, ",
           w->seconds, w->cpu_seconds, w->own_share, w->others_share);
    printf("\"delivered_per_second\": %.1f, \"delivered_per_cpu_second\": %.1f, ",
           w->delivered_per_second, w->delivered_per_cpu_second);
    printf("\"acknowledged_per_second\": %.1f, \"received_per_second\": %.1f",
           w->acknowledged_per_second, w->received_per_second);
}

void print_latency(const char *name, const Histogram *h) {
    printf(", \"%s\": {\"count\": %lu, \"p50\": %.3f, \"p90\": %.3f, \"p99\": %.3f, \"most\": %.3f}",
           name, h->total, percentile_ms(h, 0.5), percentile_ms(h, 0.9), percentile_ms(h, 0.99),
           percentile_ms(h, 0.9999999));
}
