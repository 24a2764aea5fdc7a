/* What `ylg` can do; each prints its result as one line of JSON. */
#pragma once
#include "fleet.h"

typedef struct {
    double rate;            /* edits (or presence changes) a second, of all writers together */
    double warm, seconds;   /* before the window, and in it */
    uint32_t in_flight;     /* of each document; 0: open loop */
    double factor, p99, most; /* steps: growth of the rate, ms that fail, edits a second to stop at */
    uint32_t tries;         /* of one rate: a neighbour on the machine may spoil some */
    double patience;        /* seconds to wait at the end: who is late is told from who is wrong */
    uint32_t times;         /* loads */
} ModeOptions;

extern ModeOptions mode_options;

void run_edits(void);
void run_steps(void);
void run_presence(void);
void run_connect(void);
void run_load(void);
void run_ingest(void);
