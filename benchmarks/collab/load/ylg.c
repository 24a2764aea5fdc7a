/* A load generator for collaboration servers that speak Yjs. See README.md beside this file. */
#include "modes.h"

ModeOptions mode_options = {
    .rate = 500, .warm = 1, .seconds = 3, .factor = 1.25, .p99 = 100, .most = 1e9,
    .tries = 3, .patience = 60, .times = 1};
static Server chosen = {.path = "/%s", .token = ""};
static Script script;
static uint64_t first_id;
static const char *dialect = "y", *edits;

static const struct {
    const char *name;
    char kind; /* i, u, d, s: as `store` reads it */
    void *target;
} OPTIONS[] = {
    {"port", 'i', &chosen.port},
    {"path", 's', &chosen.path},
    {"token", 's', &chosen.token},
    {"dialect", 's', &dialect},
    {"document", 's', &fleet_options.document},
    {"at-once", 'i', &fleet_options.at_once},
    {"pid", 'i', &fleet_options.pid},
    {"dump", 's', &fleet_options.dump},
    {"dumped-docs", 'u', &fleet_options.dumped_docs},
    {"edits", 's', &edits},
    {"docs", 'u', &tracker.docs},
    {"clients", 'u', &tracker.clients},
    {"writers", 'u', &tracker.writers},
    {"rate", 'd', &mode_options.rate},
    {"warm", 'd', &mode_options.warm},
    {"seconds", 'd', &mode_options.seconds},
    {"in-flight", 'u', &mode_options.in_flight},
    {"factor", 'd', &mode_options.factor},
    {"p99", 'd', &mode_options.p99},
    {"most", 'd', &mode_options.most},
    {"tries", 'u', &mode_options.tries},
    {"patience", 'd', &mode_options.patience},
    {"times", 'u', &mode_options.times},
};
#define OPTION_COUNT (sizeof OPTIONS / sizeof *OPTIONS)

static const struct {
    const char *name;
    void (*run)(void);
    bool wants_edits;
} MODES[] = {
    {"edits", run_edits, true},     {"steps", run_steps, true}, {"presence", run_presence, false},
    {"connect", run_connect, false}, {"load", run_load, false},  {"ingest", run_ingest, true},
};

_Noreturn static void refuse(const char *what, const char *name) {
    fprintf(stderr, "ylg: %s %s\n", what, name);
    exit(2);
}

static void store(const char *name, const char *value) {
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strcmp(OPTIONS[i].name, name)) continue;
        switch (OPTIONS[i].kind) {
        case 'i': *(int *)OPTIONS[i].target = atoi(value); return;
        case 'u': *(uint32_t *)OPTIONS[i].target = (uint32_t)strtoul(value, NULL, 10); return;
        case 'd': *(double *)OPTIONS[i].target = atof(value); return;
        default: *(const char **)OPTIONS[i].target = value; return;
        }
    }
    refuse("unknown option --", name);
}

int main(int count, char **words) {
    tracker.docs = tracker.clients = 1;
    fleet_options.dumped_docs = 1;
    if (count < 2) refuse("name a mode:", "edits, steps, presence, connect, load or ingest");
    for (int i = 2; i + 1 < count; i += 2) {
        if (strncmp(words[i], "--", 2)) refuse("expected an option, got", words[i]);
        store(words[i] + 2, words[i + 1]);
    }
    chosen.hocuspocus = !strcmp(dialect, "hp");
    server = &chosen;
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
        if (strcmp(MODES[i].name, words[1])) continue;
        first_id = 1000;
        if (MODES[i].wants_edits) {
            if (!edits) refuse("give", "--edits FILE");
            load_script(&script, edits);
            tracker.script = &script;
            first_id = script.first_id;
            if (!tracker.writers || tracker.writers > script.writers) tracker.writers = script.writers;
        } else {
            tracker.writers = tracker.clients;
        }
        if (tracker.writers > tracker.clients) tracker.writers = tracker.clients;
        tracker.first_id = first_id;
        if (MODES[i].run != run_ingest && MODES[i].run != run_load) start_tracker(&tracker);
        MODES[i].run();
        return 0;
    }
    refuse("unknown mode", words[1]);
}
