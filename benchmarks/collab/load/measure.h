/* Time, latencies, and the CPU of processes. */
#pragma once
#include <stdint.h>
#include <sys/types.h>

#define SECOND 1000000000ull
#define BUCKETS 2048

uint64_t now(void);     /* ns of a clock that never jumps */
uint64_t own_cpu(void); /* ns that this process has used */

/* ns that the whole machine has used, to a hundredth of a second. */
uint64_t cpu_of_machine(void);

/* ns that a process and all its descendants have used, over all their threads. */
uint64_t cpu_of_tree(pid_t root);

/* Latencies in buckets of at most 3 % width. */
typedef struct {
    uint64_t count[BUCKETS], total;
} Histogram;

void note(Histogram *h, uint64_t ns);
double percentile_ms(const Histogram *h, double share);
