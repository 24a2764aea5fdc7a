#include "script.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static const uint8_t *at, *end;

static uint32_t next(void) {
    uint32_t value;
    if (end - at < 4) {
        fprintf(stderr, "ylg: the file of edits is cut off\n");
        exit(2);
    }
    memcpy(&value, at, 4);
    at += 4;
    return value;
}

static Edit next_edit(void) {
    uint32_t clock = next(), size = next();
    Edit edit = {at, size, clock};
    if (size > end - at) {
        fprintf(stderr, "ylg: the file of edits is cut off\n");
        exit(2);
    }
    at += size;
    return edit;
}

void load_script(Script *script, const char *path) {
    int file = open(path, O_RDONLY);
    struct stat about;
    if (file < 0 || fstat(file, &about)) {
        fprintf(stderr, "ylg: cannot read %s\n", path);
        exit(2);
    }
    at = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    end = at + about.st_size;
    script->first_id = next();
    script->writers = next();
    if (script->writers > MAX_WRITERS) {
        fprintf(stderr, "ylg: at most %d writers\n", MAX_WRITERS);
        exit(2);
    }
    script->base = next_edit();
    script->base_end = script->base.end;
    for (uint32_t w = 0; w < script->writers; w++) {
        Writer *writer = &script->writer[w];
        writer->count = next();
        writer->edits = calloc(writer->count + 1, sizeof *writer->edits);
        for (uint32_t i = 0; i < writer->count; i++) writer->edits[i] = next_edit();
    }
}
