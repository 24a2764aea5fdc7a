/* What happened between two moments of a run. */
#pragma once
#include "fleet.h"

typedef struct {
    uint64_t started, server_cpu, own_cpu, machine_cpu, delivered, acknowledged, received;
} Moment;

typedef struct {
    double seconds, cpu_seconds;
    double own_share, others_share; /* cores that the generator used, and who is not of this run */
    double delivered_per_second, delivered_per_cpu_second;
    double acknowledged_per_second, received_per_second;
} Window;

Moment take_moment(void);
Window between(Moment begin, Moment end);
void print_window(const Window *window);
void print_latency(const char *name, const Histogram *latency);
