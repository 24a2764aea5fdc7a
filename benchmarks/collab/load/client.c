#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define AT_ONCE 256
#define READ_BYTES (1 << 20)

enum { SYNC = 0, AWARENESS, AUTH, SYNC_REPLY = 4, SYNC_STATUS = 8 };
enum { STEP1 = 0, STEP2, UPDATE };

const Server *server;
Events events;
uint32_t closed_early;
uint64_t bytes_received;

static int poller = -1, timer;
static Client **dirty;
static size_t dirty_count, dirty_room;
static uint8_t received[READ_BYTES];

/* ---- sockets ---------------------------------------------------------------------------- */

static void start_poller(void) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    poller = epoll_create1(0);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    epoll_ctl(poller, EPOLL_CTL_ADD, timer, &event);
}

static void watch(Client *client, int operation, bool for_writing) {
    struct epoll_event event = {.events = EPOLLIN | (for_writing ? EPOLLOUT : 0u), .data.ptr = client};
    client->wants_write = for_writing;
    epoll_ctl(poller, operation, client->fd, &event);
}

void close_client(Client *client) {
    if (client->state == CLOSED) return;
    close(client->fd);
    client->state = CLOSED;
    client->in.size = client->out.size = 0;
}

static void lose(Client *client, const char *why) {
    if (client->state == CLOSED) return;
    if (!closed_early++) fprintf(stderr, "ylg: client %u: %s\n", client->index, why);
    close_client(client);
}

static void mark_dirty(Client *client) {
    if (client->is_dirty) return;
    client->is_dirty = true;
    if (dirty_count == dirty_room) {
        dirty_room = dirty_room ? dirty_room * 2 : 256;
        dirty = realloc(dirty, dirty_room * sizeof *dirty);
    }
    dirty[dirty_count++] = client;
}

static void write_out(Client *client) {
    size_t done = 0;
    while (done < client->out.size) {
        ssize_t sent = send(client->fd, client->out.data + done, client->out.size - done, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno != EAGAIN) lose(client, strerror(errno));
            break;
        }
        done += (size_t)sent;
    }
    if (client->state == CLOSED) return;
    client->out.size -= done;
    memmove(client->out.data, client->out.data + done, client->out.size);
    if ((client->out.size > 0) != client->wants_write) watch(client, EPOLL_CTL_MOD, client->out.size > 0);
}

void flush_clients(void) {
    for (size_t i = 0; i < dirty_count; i++) {
        dirty[i]->is_dirty = false;
        if (dirty[i]->state == OPEN && !dirty[i]->wants_write) write_out(dirty[i]);
    }
    dirty_count = 0;
}

void connect_client(Client *client) {
    if (poller < 0) start_poller();
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)server->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int yes = 1;
    client->started = now();
    client->synced = false;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->fd < 0) {
        perror("ylg: socket");
        exit(2);
    }
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    client->state = CONNECTING;
    if (connect(client->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) {
        lose(client, strerror(errno));
        return;
    }
    watch(client, EPOLL_CTL_ADD, true);
}

/* ---- messages out ----------------------------------------------------------------------- */

/* The mask is zero: a valid one, which costs the generator nothing and the server what any does. */
static void put_frame(Client *client, uint8_t opcode, const Buffer *message) {
    Buffer *out = &client->out;
    uint8_t head[14] = {(uint8_t)(0x80 | opcode), 0x80};
    size_t size = message->size, length = 2;
    if (size < 126) {
        head[1] |= (uint8_t)size;
    } else {
        int bytes = size < 65536 ? 2 : 8;
        head[1] |= bytes == 2 ? 126 : 127;
        for (int i = 0; i < bytes; i++) head[length++] = (uint8_t)(size >> 8 * (bytes - 1 - i));
    }
    put_bytes(out, head, length + 4);
    put_bytes(out, message->data, size);
    mark_dirty(client);
}

static void begin(Buffer *message, const Client *client, uint8_t kind) {
    message->size = 0;
    if (server->hocuspocus) put_block(message, client->document, strlen(client->document));
    put_uint(message, kind);
}

static void put_asked(Client *client, uint64_t due) {
    if (!server->hocuspocus) return;
    if (client->asked_count == client->asked_room) {
        uint32_t room = client->asked_room ? client->asked_room * 2 : 16;
        uint64_t *asked = malloc(room * sizeof *asked);
        for (uint32_t i = 0; i < client->asked_count; i++)
            asked[i] = client->asked[(client->asked_first + i) % client->asked_room];
        free(client->asked);
        client->asked = asked;
        client->asked_first = 0;
        client->asked_room = room;
    }
    client->asked[(client->asked_first + client->asked_count++) % client->asked_room] = due;
}

static Buffer message;

static void send_sync(Client *client, uint8_t step, const uint8_t *data, size_t size) {
    begin(&message, client, SYNC);
    put_uint(&message, step);
    put_block(&message, data, size);
    put_frame(client, 2, &message);
}

void ask_for_all(Client *client) { send_sync(client, STEP1, (const uint8_t *)"\0", 1); }

void send_update(Client *client, const uint8_t *update, size_t size, uint64_t due) {
    send_sync(client, UPDATE, update, size);
    put_asked(client, due);
}

void send_presence(Client *client, const uint8_t *states, size_t size) {
    begin(&message, client, AWARENESS);
    put_block(&message, states, size);
    put_frame(client, 2, &message);
}

static void send_token(Client *client) {
    begin(&message, client, AUTH);
    put_uint(&message, 0);
    put_block(&message, server->token, strlen(server->token));
    put_frame(client, 2, &message);
}

/* ---- messages in ------------------------------------------------------------------------ */

static void receive_sync(Client *client, Reader *r) {
    uint64_t step = read_uint(r);
    Reader body = read_block(r);
    if (step == STEP1) {
        send_sync(client, STEP2, (const uint8_t *)"\0\0", 2);
        put_asked(client, 0);
        return;
    }
    if (client->dump) {
        uint32_t size = (uint32_t)(body.end - body.at);
        fwrite(&size, 4, 1, client->dump);
        fwrite(body.at, 1, size, client->dump);
    }
    if (events.update) events.update(client, body);
    if (step == STEP2 && !client->synced) {
        client->synced = true;
        client->synced_at = now();
        if (events.synced) events.synced(client);
    }
}

static void receive_acknowledgement(Client *client, bool saved) {
    if (!client->asked_count) return;
    uint64_t due = client->asked[client->asked_first];
    client->asked_first = (client->asked_first + 1) % client->asked_room;
    client->asked_count--;
    if (due && events.acknowledged) events.acknowledged(client, due, saved);
}

static void receive_message(Client *client, Reader r) {
    if (server->hocuspocus) read_block(&r);
    uint64_t kind = read_uint(&r);
    if (kind == SYNC || (server->hocuspocus && kind == SYNC_REPLY)) {
        receive_sync(client, &r);
    } else if (kind == AWARENESS) {
        if (events.presence) events.presence(client, read_block(&r));
    } else if (kind == AUTH) {
        if (read_uint(&r) != 2) lose(client, "the server refused the document");
        else ask_for_all(client);
    } else if (kind == SYNC_STATUS && server->hocuspocus) {
        receive_acknowledgement(client, read_uint(&r) == 1);
    }
    if (r.bad) lose(client, "a message could not be read");
}

/* Takes in whole frames and returns how many bytes they were. */
static size_t receive_frames(Client *client, const uint8_t *data, size_t size) {
    size_t done = 0;
    while (client->state == OPEN && size - done >= 2) {
        const uint8_t *frame = data + done;
        size_t head = 2, length = frame[1] & 127;
        int extra = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (size - done < head + (size_t)extra) break;
        if (extra) length = 0;
        for (int i = 0; i < extra; i++) length = length << 8 | frame[head++];
        if (size - done < head + length) break;
        Reader payload = {frame + head, frame + head + length, false};
        int opcode = frame[0] & 15;
        if (!(frame[0] & 0x80)) lose(client, "a message came in fragments");
        else if (opcode == 2) receive_message(client, payload);
        else if (opcode == 8) lose(client, "the server closed the connection");
        else if (opcode == 9) put_frame(client, 10, &(Buffer){(uint8_t *)payload.at, length, 0});
        done += head + length;
    }
    return done;
}

static size_t receive_upgrade(Client *client, const uint8_t *data, size_t size) {
    const uint8_t *end = memmem(data, size, "\r\n\r\n", 4);
    if (!end) return 0;
    if (size < 12 || memcmp(data + 9, "101", 3)) {
        lose(client, "the server refused the connection");
        return size;
    }
    client->state = OPEN;
    if (server->hocuspocus) send_token(client);
    else ask_for_all(client);
    return (size_t)(end - data) + 4;
}

static void request_upgrade(Client *client) {
    char path[512], request[1024];
    client->state = UPGRADING;
    snprintf(path, sizeof path, server->path, client->document);
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Key: dmlyYWlsIGJlbmNobWFyaw==\r\n"
                        "Sec-WebSocket-Version: 13\r\n\r\n",
                        path, server->port);
    if (send(client->fd, request, (size_t)size, MSG_NOSIGNAL) != size) lose(client, "it cannot be written to");
    else watch(client, EPOLL_CTL_MOD, false);
}

static void take(Client *client, const uint8_t *data, size_t size) {
    size_t done = 0;
    if (client->state == UPGRADING) done = receive_upgrade(client, data, size);
    if (client->state == OPEN) done += receive_frames(client, data + done, size - done);
    if (client->state == CLOSED) return;
    Buffer rest = {0};
    put_bytes(&rest, data + done, size - done);
    free(client->in.data);
    client->in = rest;
}

static void read_in(Client *client) {
    ssize_t size = recv(client->fd, received, READ_BYTES, 0);
    if (size <= 0) {
        if (size == 0 || errno != EAGAIN) lose(client, size ? strerror(errno) : "the server hung up");
        return;
    }
    client->arrived = now();
    bytes_received += (uint64_t)size;
    if (!client->in.size) {
        take(client, received, (size_t)size);
        return;
    }
    Buffer whole = client->in;
    client->in = (Buffer){0};
    put_bytes(&whole, received, (size_t)size);
    take(client, whole.data, whole.size);
    free(whole.data);
}

void wait_for_sockets(uint64_t until) {
    struct epoll_event ready[AT_ONCE];
    struct itimerspec at = {.it_value = {(time_t)(until / SECOND), (long)(until % SECOND)}};
    bool is_past = until <= now();
    if (poller < 0) start_poller();
    if (!is_past) timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
    int count = epoll_wait(poller, ready, AT_ONCE, is_past ? 0 : -1);
    for (int i = 0; i < count; i++) {
        Client *client = ready[i].data.ptr;
        if (!client) {
            uint64_t ticks;
            if (read(timer, &ticks, sizeof ticks) < 0) continue;
            continue;
        }
        if (client->state == CLOSED) continue;
        if (client->state == CONNECTING) {
            request_upgrade(client);
            continue;
        }
        if (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_in(client);
        if (client->state == OPEN && client->wants_write) write_out(client);
    }
    flush_clients();
}
