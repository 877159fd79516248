/* A disk that fails at the n-th thing asked of it, below one folder.
 *
 * Preloaded into a victim (LD_PRELOAD). It counts what changes files below FAIL_UNDER: write, sync,
 * truncate, create, rename, link, unlink. `failing_arm()` reads the environment anew and begins to
 * count at one; `failing_count()` answers how many there were.
 *
 *   FAIL_UNDER   the folder, absolute
 *   FAIL_AT      which of them fails; 0 only counts
 *   FAIL_HOW     enospc, eio, estale, enotconn: the call fails so (of a write half is on the disk)
 *                end: the program is killed right before it
 *                cut: the power goes: killed, and of what was written and not synced since, some is
 *                on the disk, some is not, and some is torn, by FAIL_SEED; names likewise, in order
 *   FAIL_ALL     1: all that follow fail as well
 *   FAIL_READS   1: and from then on nothing can be read, opened or looked at either
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE, TRUNCATE, CREATE, RENAME, UNLINK };

struct change {
    enum kind kind;
    int fd; /* of our own, open for good: closing it would drop the locks of the program */
    ino_t file;
    off_t at, size_before;
    size_t length, old_length;
    char *data, *old;
    char path[PATH_MAX], to[PATH_MAX], spare[PATH_MAX];
};

static struct {
    char under[PATH_MAX], spares[PATH_MAX];
    size_t length;
    long at, count;
    int error, all, reads, end, cut;
    unsigned long seed;
} told;

static struct change *changes;
static size_t many, room;
static struct { ino_t file; int fd; } own[1024];
static size_t owned;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static __thread int ours; /* calls of our own are not counted */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

long failing_count(void) { return told.count; }

void failing_arm(void) {
    const char *under = getenv("FAIL_UNDER"), *how = getenv("FAIL_HOW"), *text;
    memset(&told, 0, sizeof told);
    many = owned = 0;
    if (!under || !how) return;
    snprintf(told.under, sizeof told.under, "%s/", under);
    told.length = strlen(told.under);
    if ((text = getenv("FAIL_SPARES"))) snprintf(told.spares, sizeof told.spares, "%s", text);
    told.at = (text = getenv("FAIL_AT")) ? atol(text) : 0;
    told.seed = (text = getenv("FAIL_SEED")) ? strtoul(text, NULL, 10) : 0;
    told.all = (text = getenv("FAIL_ALL")) && *text == '1';
    told.reads = (text = getenv("FAIL_READS")) && *text == '1';
    told.end = !strcmp(how, "end");
    told.cut = !strcmp(how, "cut");
    told.error = !strcmp(how, "enospc") ? ENOSPC : !strcmp(how, "eio") ? EIO :
        !strcmp(how, "estale") ? ESTALE : !strcmp(how, "enotconn") ? ENOTCONN : 0;
}

__attribute__((constructor)) static void begin(void) { failing_arm(); }

static int below(const char *path) {
    return told.length && path && !strncmp(path, told.under, told.length);
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

/* a folder itself is below too: syncing it keeps its names */
static int folder_of(int fd, char *path) {
    if (!told.length) return 0;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 2);
    if (length < 0) return 0;
    path[length] = 0;
    struct stat about;
    if (fstat(fd, &about) || !S_ISDIR(about.st_mode)) return 0;
    return !strncmp(path, told.under, told.length - 1);
}

static unsigned long chance(void) {
    told.seed = told.seed * 6364136223846793005UL + 1442695040888963407UL;
    return told.seed >> 33;
}

static void set_aside(struct change *one, const char *path) {
    snprintf(one->spare, sizeof one->spare, "%.2000s/%zu", told.spares, many);
    REAL(unlink)(one->spare);
    if (link(path, one->spare)) one->spare[0] = 0;
}

static void put(int fd, const char *data, size_t length, off_t at) {
    while (length) {
        ssize_t done = REAL(pwrite64)(fd, data, length, at);
        if (done <= 0) return;
        data += done, length -= done, at += done;
    }
}

static void lose_power(void) {
    ours = 1;
    for (size_t at = many; at-- > 0;) {
        struct change *one = &changes[at];
        if (one->kind > TRUNCATE || one->fd < 0) continue;
        REAL(ftruncate64)(one->fd, one->size_before);
        put(one->fd, one->old, one->old_length, one->at);
    }
    int nothing = told.seed == 0;
    for (size_t at = 0; at < many; at++) {
        struct change *one = &changes[at];
        if (one->kind > TRUNCATE || one->fd < 0 || nothing) continue;
        unsigned long fate = chance() % 3;
        if (fate == 0) continue;
        if (one->kind == TRUNCATE) {
            REAL(ftruncate64)(one->fd, one->at);
            continue;
        }
        size_t length = one->length;
        if (fate == 2 && length > 512) length = chance() % (length / 512 + 1) * 512;
        put(one->fd, one->data, length, one->at);
    }
    size_t names = 0;
    for (size_t at = 0; at < many; at++) names += changes[at].kind > TRUNCATE;
    size_t keep = nothing || !names ? 0 : chance() % (names + 1);
    for (size_t at = many; at-- > 0;) {
        struct change *one = &changes[at];
        if (one->kind <= TRUNCATE) continue;
        if (names-- <= keep) break;
        if (one->kind == CREATE) REAL(unlink)(one->path);
        if (one->kind == RENAME) {
            REAL(rename)(one->to, one->path);
            if (one->spare[0]) link(one->spare, one->to);
        }
        if (one->kind == UNLINK && one->spare[0]) link(one->spare, one->path);
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Whether this call is to fail: then errno says how. May never return. */
static int fails(void) {
    told.count++;
    int now = told.at && (told.all || told.reads ? told.count >= told.at : told.count == told.at);
    if (!now) return 0;
    if (told.cut) lose_power();
    if (told.end) {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    errno = told.error;
    return 1;
}

static int unreadable(void) {
    if (!told.reads || !told.at || told.count < told.at) return 0;
    errno = told.error;
    return 1;
}

static struct change *another(enum kind kind) {
    if (many == room) {
        room = room ? room * 2 : 256;
        changes = realloc(changes, room * sizeof *changes);
        if (!changes) abort();
    }
    struct change *one = &changes[many++];
    memset(one, 0, sizeof *one);
    one->kind = kind;
    one->fd = -1;
    return one;
}

static int own_of(int fd, const struct stat *about) {
    for (size_t at = 0; at < owned; at++)
        if (own[at].file == about->st_ino) return own[at].fd;
    if (owned == sizeof own / sizeof *own) return -1;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    own[owned].file = about->st_ino;
    own[owned].fd = REAL(open64)(link, O_RDWR | O_CLOEXEC);
    return own[owned++].fd;
}

static void remember(enum kind kind, int fd, const void *data, size_t length, off_t at) {
    struct stat about;
    if (!told.cut || fstat(fd, &about)) return;
    struct change *one = another(kind);
    one->fd = own_of(fd, &about);
    one->file = about.st_ino;
    one->at = at;
    one->size_before = about.st_size;
    off_t until = kind == WRITE ? at + (off_t)length : about.st_size;
    if (until > about.st_size) until = about.st_size;
    if (until > at) {
        one->old = malloc(until - at);
        ssize_t got = REAL(pread64)(one->fd, one->old, until - at, at);
        one->old_length = got > 0 ? got : 0;
    }
    if (kind == WRITE) {
        one->data = malloc(length + 1);
        memcpy(one->data, data, length);
        one->length = length;
    }
}

static void kept(int fd) {
    struct stat about;
    if (!told.cut || fstat(fd, &about)) return;
    size_t left = 0;
    for (size_t at = 0; at < many; at++) {
        struct change *one = &changes[at];
        int gone = one->kind <= TRUNCATE ? one->file == about.st_ino : S_ISDIR(about.st_mode);
        if (gone) free(one->data), free(one->old);
        else changes[left++] = *one;
    }
    many = left;
}

#define TURN(type, call) \
    do { \
        ours = 1; \
        pthread_mutex_lock(&turn); \
        type done = (call); \
        int error = errno; \
        pthread_mutex_unlock(&turn); \
        ours = 0; \
        errno = error; \
        return done; \
    } while (0)

static ssize_t write_at(int fd, const void *data, size_t length, off_t at, int moves) {
    if (fails()) {
        if (length > 1 && told.error == ENOSPC)
            if (REAL(pwrite64)(fd, data, length / 2, at) < 0) errno = told.error;
        errno = told.error;
        return -1;
    }
    remember(WRITE, fd, data, length, at);
    return moves ? REAL(write)(fd, data, length) : REAL(pwrite64)(fd, data, length, at);
}

static off_t place(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t length) {
    char path[PATH_MAX];
    if (ours || !path_of(fd, path)) return REAL(write)(fd, data, length);
    TURN(ssize_t, write_at(fd, data, length, place(fd), 1));
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    char path[PATH_MAX];
    if (ours || !path_of(fd, path)) return REAL(pwrite64)(fd, data, length, at);
    TURN(ssize_t, write_at(fd, data, length, at, 0));
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    return pwrite64(fd, data, length, at);
}

static ssize_t write_many(int fd, const struct iovec *parts, int count, off_t at, int moves) {
    ssize_t all = 0;
    for (int one = 0; one < count; one++) {
        ssize_t done = moves ? write(fd, parts[one].iov_base, parts[one].iov_len)
                             : pwrite64(fd, parts[one].iov_base, parts[one].iov_len, at + all);
        if (done < 0) return all ? all : -1;
        all += done;
    }
    return all;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (ours || !path_of(fd, path)) return REAL(writev)(fd, parts, count);
    return write_many(fd, parts, count, 0, 1);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    char path[PATH_MAX];
    if (ours || !path_of(fd, path)) return REAL(pwritev)(fd, parts, count, at);
    return write_many(fd, parts, count, at, 0);
}

/* What copies inside the kernel is done by hand, so that it is counted: the callers fall back. */
ssize_t sendfile64(int out, int in, off64_t *at, size_t length) {
    char path[PATH_MAX];
    if (ours || !path_of(out, path)) return REAL(sendfile64)(out, in, at, length);
    errno = EINVAL;
    return -1;
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
    char path[PATH_MAX];
    if (ours || !path_of(out, path)) return REAL(copy_file_range)(in, from, out, to, length, flags);
    errno = EOPNOTSUPP;
    return -1;
}

static int sync_it(int fd, int data_only) {
    if (fails()) return -1;
    int done = data_only ? REAL(fdatasync)(fd) : REAL(fsync)(fd);
    kept(fd);
    return done;
}

int fsync(int fd) {
    char path[PATH_MAX];
    if (ours || !(path_of(fd, path) || folder_of(fd, path))) return REAL(fsync)(fd);
    TURN(int, sync_it(fd, 0));
}

int fdatasync(int fd) {
    char path[PATH_MAX];
    if (ours || !(path_of(fd, path) || folder_of(fd, path))) return REAL(fdatasync)(fd);
    TURN(int, sync_it(fd, 1));
}

static int truncate_it(int fd, off64_t length) {
    if (fails()) return -1;
    remember(TRUNCATE, fd, NULL, 0, length);
    return REAL(ftruncate64)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    if (ours || !path_of(fd, path)) return REAL(ftruncate64)(fd, length);
    TURN(int, truncate_it(fd, length));
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int rename_it(const char *from, const char *to) {
    if (fails()) return -1;
    if (told.cut) {
        struct change *one = another(RENAME);
        snprintf(one->path, sizeof one->path, "%s", from);
        snprintf(one->to, sizeof one->to, "%s", to);
        if (!access(to, F_OK)) set_aside(one, to);
    }
    return REAL(rename)(from, to);
}

int rename(const char *from, const char *to) {
    if (ours || !(below(from) || below(to))) return REAL(rename)(from, to);
    TURN(int, rename_it(from, to));
}

static int unlink_it(const char *path) {
    struct stat about;
    if (lstat(path, &about)) return REAL(unlink)(path);
    if (fails()) return -1;
    if (told.cut) {
        struct change *one = another(UNLINK);
        snprintf(one->path, sizeof one->path, "%s", path);
        set_aside(one, path);
    }
    return REAL(unlink)(path);
}

int unlink(const char *path) {
    if (ours || !below(path)) return REAL(unlink)(path);
    TURN(int, unlink_it(path));
}

static int open_it(const char *path, int flags, mode_t mode) {
    if (unreadable()) return -1;
    struct stat about;
    int creates = flags & O_CREAT && lstat(path, &about);
    if (creates && fails()) return -1;
    int fd = REAL(open64)(path, flags & ~O_TRUNC, mode);
    if (fd >= 0 && creates && told.cut) {
        struct change *one = another(CREATE);
        snprintf(one->path, sizeof one->path, "%s", path);
    }
    if (fd >= 0 && flags & O_TRUNC && !creates && !fstat(fd, &about) && about.st_size) {
        if (fails()) {
            int error = errno;
            close(fd);
            errno = error;
            return -1;
        }
        remember(TRUNCATE, fd, NULL, 0, 0);
        REAL(ftruncate64)(fd, 0);
    }
    return fd;
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    if (ours || !below(path)) return REAL(open64)(path, flags, mode);
    TURN(int, open_it(path, flags, mode));
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    if (ours || !below(path)) return REAL(open)(path, flags, mode);
    TURN(int, open_it(path, flags, mode));
}

ssize_t pread64(int fd, void *data, size_t length, off64_t at) {
    char path[PATH_MAX];
    if (!ours && told.reads && path_of(fd, path) && unreadable()) return -1;
    return REAL(pread64)(fd, data, length, at);
}

ssize_t read(int fd, void *data, size_t length) {
    char path[PATH_MAX];
    if (!ours && told.reads && path_of(fd, path) && unreadable()) return -1;
    return REAL(read)(fd, data, length);
}

int stat64(const char *path, struct stat64 *about) {
    if (!ours && told.reads && below(path) && unreadable()) return -1;
    return REAL(stat64)(path, about);
}

int stat(const char *path, struct stat *about) {
    if (!ours && told.reads && below(path) && unreadable()) return -1;
    return REAL(stat)(path, about);
}
