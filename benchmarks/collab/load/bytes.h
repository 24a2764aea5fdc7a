/* lib0 encoding and growing buffers. A reader that runs past its end sets `bad` and returns 0. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const uint8_t *at, *end;
    bool bad;
} Reader;

static inline uint64_t read_uint(Reader *r) {
    uint64_t value = 0;
    for (int shift = 0; r->at < r->end && shift < 64; shift += 7) {
        uint8_t byte = *r->at++;
        value |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return value;
    }
    r->bad = true;
    return 0;
}

static inline uint8_t read_byte(Reader *r) {
    if (r->at < r->end) return *r->at++;
    r->bad = true;
    return 0;
}

static inline void skip_bytes(Reader *r, uint64_t size) {
    if (size > (uint64_t)(r->end - r->at)) {
        r->bad = true;
        r->at = r->end;
    } else {
        r->at += size;
    }
}

/* Length-prefixed bytes, as a reader of their own. */
static inline Reader read_block(Reader *r) {
    uint64_t size = read_uint(r);
    Reader block = {r->at, r->at, false};
    skip_bytes(r, size);
    if (!r->bad) block.end = r->at;
    return block;
}

typedef struct {
    uint8_t *data;
    size_t size, room;
} Buffer;

static inline uint8_t *grow(Buffer *b, size_t more) {
    if (b->size + more > b->room) {
        b->room = (b->size + more) * 2;
        b->data = realloc(b->data, b->room);
        if (!b->data) abort();
    }
    uint8_t *at = b->data + b->size;
    b->size += more;
    return at;
}

static inline void put_bytes(Buffer *b, const void *data, size_t size) {
    if (size) memcpy(grow(b, size), data, size);
}

static inline void put_uint(Buffer *b, uint64_t value) {
    for (; value > 127; value >>= 7) *grow(b, 1) = (uint8_t)(value | 128);
    *grow(b, 1) = (uint8_t)value;
}

static inline void put_block(Buffer *b, const void *data, size_t size) {
    put_uint(b, size);
    put_bytes(b, data, size);
}
