#include "measure.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t read_clock(clockid_t which) {
    struct timespec t;
    clock_gettime(which, &t);
    return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

uint64_t now(void) { return read_clock(CLOCK_MONOTONIC); }
uint64_t own_cpu(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

uint64_t cpu_of_machine(void) {
    uint64_t user, nice, system, idle, waiting, interrupts, soft, stolen;
    FILE *file = fopen("/proc/stat", "r");
    int read = file ? fscanf(file, "cpu %lu %lu %lu %lu %lu %lu %lu %lu", &user, &nice, &system, &idle,
                             &waiting, &interrupts, &soft, &stolen)
                    : 0;
    if (file) fclose(file);
    return read == 8 ? (user + nice + system + interrupts + soft + stolen) * (SECOND / 100) : 0;
}

uint64_t cpu_of_tree(pid_t root) {
    char path[600];
    uint64_t sum = 0, ns;
    snprintf(path, sizeof path, "/proc/%d/task", root);
    DIR *tasks = opendir(path);
    if (!tasks) return 0;
    for (struct dirent *task; (task = readdir(tasks));) {
        if (task->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", root, task->d_name);
        FILE *file = fopen(path, "r");
        if (file) {
            if (fscanf(file, "%lu", &ns) == 1) sum += ns;
            fclose(file);
        }
        snprintf(path, sizeof path, "/proc/%d/task/%s/children", root, task->d_name);
        if ((file = fopen(path, "r"))) {
            for (int child; fscanf(file, "%d", &child) == 1;) sum += cpu_of_tree(child);
            fclose(file);
        }
    }
    closedir(tasks);
    return sum;
}

/* Below 64 µs one bucket each; above, 32 for every doubling. */
static unsigned bucket_of(uint64_t us) {
    if (us < 64) return (unsigned)us;
    unsigned doubling = 63 - (unsigned)__builtin_clzll(us);
    unsigned bucket = 64 + (doubling - 6) * 32 + (unsigned)((us >> (doubling - 5)) & 31);
    return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

static double us_of(unsigned bucket) {
    if (bucket < 64) return bucket;
    unsigned doubling = (bucket - 64) / 32 + 6, part = (bucket - 64) % 32;
    return (double)((uint64_t)(32 + part) << (doubling - 5));
}

void note(Histogram *h, uint64_t ns) {
    h->count[bucket_of(ns / 1000)]++;
    h->total++;
}

double percentile_ms(const Histogram *h, double share) {
    uint64_t wanted = (uint64_t)(share * (double)h->total), seen = 0;
    for (unsigned bucket = 0; bucket < BUCKETS; bucket++)
        if ((seen += h->count[bucket]) > wanted) return us_of(bucket) / 1000;
    return h->total ? us_of(BUCKETS - 1) / 1000 : 0;
}
