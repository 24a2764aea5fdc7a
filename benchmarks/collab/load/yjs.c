#include "yjs.h"

enum { GC = 0, DELETED, JSON, BINARY, STRING, EMBED, FORMAT, TYPE, ANY, DOCUMENT, SKIP };

static void skip_block(Reader *r) { skip_bytes(r, read_uint(r)); }

static void skip_any(Reader *r) {
    uint64_t count;
    switch (read_byte(r)) {
    case 127: case 126: case 121: case 120: return;
    case 125:
        while (!r->bad && read_byte(r) > 127) {}
        return;
    case 124: skip_bytes(r, 4); return;
    case 123: case 122: skip_bytes(r, 8); return;
    case 119: case 116: skip_block(r); return;
    case 118:
        for (count = read_uint(r); count && !r->bad; count--) {
            skip_block(r);
            skip_any(r);
        }
        return;
    case 117:
        for (count = read_uint(r); count && !r->bad; count--) skip_any(r);
        return;
    default: r->bad = true;
    }
}

/* Yjs counts text in UTF-16 units: one per character, two for those of four bytes. */
static uint64_t utf16_length(Reader text) {
    uint64_t length = 0;
    for (; text.at < text.end; text.at++) length += ((*text.at & 0xC0) != 0x80) + (*text.at >= 0xF0);
    return length;
}

static uint64_t content_length(Reader *r, int kind) {
    uint64_t size, count;
    switch (kind) {
    case DELETED: return read_uint(r);
    case STRING: return utf16_length(read_block(r));
    case BINARY: case EMBED: skip_block(r); return 1;
    case FORMAT: skip_block(r); skip_block(r); return 1;
    case TYPE:
        size = read_uint(r);
        if (size == 3 || size == 5) skip_block(r);
        return 1;
    case JSON:
        for (size = count = read_uint(r); count && !r->bad; count--) skip_block(r);
        return size;
    case ANY:
        for (size = count = read_uint(r); count && !r->bad; count--) skip_any(r);
        return size;
    case DOCUMENT: skip_block(r); skip_any(r); return 1;
    default: r->bad = true; return 0;
    }
}

static uint64_t struct_length(Reader *r, uint8_t info) {
    int kind = info & 31;
    if (kind == GC || kind == SKIP) return read_uint(r);
    if (info & 0x80) { read_uint(r); read_uint(r); }
    if (info & 0x40) { read_uint(r); read_uint(r); }
    if (!(info & 0xC0)) {
        if (read_uint(r)) skip_block(r);
        else { read_uint(r); read_uint(r); }
        if (info & 0x20) skip_block(r);
    }
    return content_length(r, kind);
}

bool walk_update(Reader update, OnRange on_range, void *context) {
    Reader *r = &update;
    for (uint64_t clients = read_uint(r); clients && !r->bad; clients--) {
        uint64_t structs = read_uint(r), client = read_uint(r), start = read_uint(r), clock = start;
        for (; structs && !r->bad; structs--) {
            uint8_t info = read_byte(r);
            uint64_t length = struct_length(r, info);
            if ((info & 31) == SKIP) {
                if (clock > start) on_range(context, client, start, clock);
                start = clock + length;
            }
            clock += length;
        }
        if (!r->bad && clock > start) on_range(context, client, start, clock);
    }
    return !r->bad;
}
