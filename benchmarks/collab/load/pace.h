/* When which writer sends its next edit. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

void start_pace(double rate, uint64_t begin);
uint64_t next_due(void);

/* Sends all edits that are due by now, and before `stop`. */
void send_due(uint64_t stop);

/* Closed loop: sends while fewer than `in_flight` edits of a document are on their way. */
void send_where_there_is_room(uint32_t in_flight);

/* Whether the prepared edits last for one more second at a rate. */
bool has_edits_for(double rate);
