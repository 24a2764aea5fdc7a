/* The edits to send, made beforehand by real Yjs (`make-edits.mjs`). */
#pragma once
#include <stdint.h>

#define MAX_WRITERS 1024

typedef struct {
    const uint8_t *data;
    uint32_t size;
    uint32_t end; /* the writer's clock after this edit */
} Edit;

typedef struct {
    uint32_t count;
    Edit *edits;
} Writer;

/* Writer `w` has the client id `first_id + w`; the page that all build on has `first_id - 1`. */
typedef struct {
    uint64_t first_id;
    uint32_t writers, base_end;
    Edit base;
    Writer writer[MAX_WRITERS];
} Script;

void load_script(Script *script, const char *path);
