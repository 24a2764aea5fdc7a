/* The least that a collaboration server can do: y-websocket frames to everybody else in the room.

   It keeps no document but the first update of a room, and writes to each peer once per turn. What
   `ylg` takes from it is what `ylg` can measure at all. */
#include "../load/bytes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_PEERS 12000
#define MAX_ROOMS 4096
#define READ_BYTES (1 << 20)

typedef struct {
    char name[64];
    int peers[MAX_PEERS];
    int count;
    Buffer first; /* the frame of its first update */
} Room;

typedef struct {
    Buffer in, out;
    Room *room;
    bool is_dirty, wants_write;
} Peer;

static Room *rooms[MAX_ROOMS];
static Peer peers[MAX_PEERS * 2]; /* by file descriptor */
static int dirty[MAX_PEERS * 2], dirty_count, poller;
static uint8_t received[READ_BYTES];

static Room *find_room(const char *name, size_t size) {
    for (int i = 0; i < MAX_ROOMS; i++) {
        if (!rooms[i]) {
            rooms[i] = calloc(1, sizeof(Room));
            memcpy(rooms[i]->name, name, size);
        }
        if (strlen(rooms[i]->name) == size && !memcmp(rooms[i]->name, name, size)) return rooms[i];
    }
    abort();
}

static void watch(int fd, int operation, uint32_t what) {
    struct epoll_event event = {.events = what, .data.fd = fd};
    epoll_ctl(poller, operation, fd, &event);
}

static void drop(int fd) {
    Room *room = peers[fd].room;
    for (int i = 0; room && i < room->count; i++)
        if (room->peers[i] == fd) room->peers[i--] = room->peers[--room->count];
    free(peers[fd].in.data);
    free(peers[fd].out.data);
    peers[fd] = (Peer){0};
    close(fd);
}

static void queue(int fd, const void *data, size_t size) {
    put_bytes(&peers[fd].out, data, size);
    if (!peers[fd].is_dirty) dirty[dirty_count++] = fd;
    peers[fd].is_dirty = true;
}

static bool write_out(int fd) {
    Peer *peer = &peers[fd];
    ssize_t sent = peer->out.size ? send(fd, peer->out.data, peer->out.size, MSG_NOSIGNAL) : 0;
    if (sent < 0 && errno != EAGAIN) return false;
    if (sent > 0) {
        peer->out.size -= (size_t)sent;
        memmove(peer->out.data, peer->out.data + sent, peer->out.size);
    }
    bool wants = peer->out.size > 0;
    if (wants != peer->wants_write) watch(fd, EPOLL_CTL_MOD, EPOLLIN | (wants ? EPOLLOUT : 0u));
    peer->wants_write = wants;
    return true;
}

/* A frame of the server: the client's without its mask. */
static void put_frame(Buffer *out, const uint8_t *data, size_t size) {
    uint8_t head[10] = {0x82};
    size_t length = 2;
    if (size < 126) {
        head[1] = (uint8_t)size;
    } else {
        int bytes = size < 65536 ? 2 : 8;
        head[1] = bytes == 2 ? 126 : 127;
        for (int i = 0; i < bytes; i++) head[length++] = (uint8_t)(size >> 8 * (bytes - 1 - i));
    }
    put_bytes(out, head, length);
    put_bytes(out, data, size);
}

static void receive(int fd, uint8_t *data, size_t size) {
    static Buffer frame;
    Room *room = peers[fd].room;
    if (!room || size < 2) return;
    frame.size = 0;
    if (data[0] == 0 && data[1] == 0) { /* step 1: answered with what the room began with */
        if (room->first.size) put_bytes(&frame, room->first.data, room->first.size);
        put_frame(&frame, (const uint8_t *)"\0\1\2\0\0", 5);
        queue(fd, frame.data, frame.size);
        return;
    }
    if (data[0] == 0 && data[1] == 1) return;
    put_frame(&frame, data, size);
    if (!room->first.size) put_bytes(&room->first, frame.data, frame.size);
    for (int i = 0; i < room->count; i++)
        if (room->peers[i] != fd) queue(room->peers[i], frame.data, frame.size);
}

static size_t take_frames(int fd, uint8_t *data, size_t size) {
    size_t done = 0;
    while (size - done >= 6) {
        uint8_t *at = data + done;
        size_t length = at[1] & 127, head = 2;
        int extra = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (size - done < head + (size_t)extra + 4) break;
        if (extra) length = 0;
        for (int i = 0; i < extra; i++) length = length << 8 | at[head++];
        if (size - done < head + 4 + length) break;
        uint8_t *mask = at + head, *payload = mask + 4;
        for (size_t i = 0; i < length; i++) payload[i] ^= mask[i & 3];
        if ((at[0] & 15) == 2) receive(fd, payload, length);
        done += head + 4 + length;
    }
    return done;
}

static size_t take_upgrade(int fd, const char *data, size_t size) {
    static const char reply[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                "Connection: Upgrade\r\n\r\n";
    const char *end = memmem(data, size, "\r\n\r\n", 4), *name = memchr(data, '/', size);
    if (!end || !name) return 0;
    Room *room = find_room(name + 1, strcspn(name + 1, " ?"));
    peers[fd].room = room;
    room->peers[room->count++] = fd;
    queue(fd, reply, sizeof reply - 1);
    return (size_t)(end - data) + 4;
}

static bool read_in(int fd) {
    Peer *peer = &peers[fd];
    ssize_t size = recv(fd, received, READ_BYTES, 0);
    if (size <= 0) return size < 0 && errno == EAGAIN;
    Buffer whole = peer->in;
    peer->in = (Buffer){0};
    put_bytes(&whole, received, (size_t)size);
    size_t done = 0;
    if (!peer->room) done = take_upgrade(fd, (const char *)whole.data, whole.size);
    if (peer->room) done += take_frames(fd, whole.data + done, whole.size - done);
    put_bytes(&peer->in, whole.data + done, whole.size - done);
    free(whole.data);
    return true;
}

static void accept_all(int listening) {
    int fd, yes = 1;
    while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        watch(fd, EPOLL_CTL_ADD, EPOLLIN);
    }
}

int main(int count, char **words) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    if (count != 2) return 2;
    address.sin_port = htons((uint16_t)atoi(words[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listening, (struct sockaddr *)&address, sizeof address) || listen(listening, 4096)) {
        perror("broadcast");
        return 1;
    }
    poller = epoll_create1(0);
    watch(listening, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        struct epoll_event ready[256];
        int n = epoll_wait(poller, ready, 256, -1);
        for (int i = 0; i < n; i++) {
            int fd = ready[i].data.fd;
            bool is_up = true;
            if (fd == listening) accept_all(listening);
            else if (ready[i].events & EPOLLOUT) is_up = write_out(fd);
            if (fd != listening && is_up && ready[i].events & ~EPOLLOUT) is_up = read_in(fd);
            if (!is_up) drop(fd);
        }
        int todo = dirty_count;
        dirty_count = 0;
        for (int i = 0; i < todo; i++) {
            int fd = dirty[i];
            peers[fd].is_dirty = false;
            if (peers[fd].room && !peers[fd].wants_write && !write_out(fd)) drop(fd);
        }
    }
}
