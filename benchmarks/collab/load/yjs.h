/* Which struct clocks a Yjs update (format v1) brings. */
#pragma once
#include "bytes.h"

typedef void (*OnRange)(void *context, uint64_t client, uint64_t start, uint64_t end);

/* Calls `on_range` for each run of clocks without a hole; false when the bytes are not an update. */
bool walk_update(Reader update, OnRange on_range, void *context);
