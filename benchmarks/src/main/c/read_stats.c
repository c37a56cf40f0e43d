/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What reading counters costs at least: open, read, parse, close each file named in argv[1], argv[2] times over for each
 * line on standard input, and print the nanoseconds of processor time. The counters end up in a table by disk, as they do in Java.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DISKS 64

struct row {
    unsigned major, minor;
    unsigned long long value[4];
};

static char buffer[8192];
static struct row table[DISKS];
static int rows;
static unsigned long long sum;

static const char *number(const char *p, unsigned long long *value) {
    unsigned long long n = 0;
    while (*p >= '0' && *p <= '9')
        n = n * 10 + (unsigned)(*p++ - '0');
    *value = n;
    return p;
}

static struct row *row(unsigned major, unsigned minor) {
    for (int i = 0; i < rows; i++)
        if (table[i].major == major && table[i].minor == minor)
            return &table[i];
    if (rows == DISKS)
        return &table[0];
    table[rows].major = major;
    table[rows].minor = minor;
    memset(table[rows].value, 0, sizeof table[rows].value);
    return &table[rows++];
}

/* "8:0 rbytes=1 wbytes=2 …" and "8:0 Read 1" alike; at is where v1's file goes: 0 bytes, 2 operations */
static void parse(const char *p, int at) {
    static const char *const keys[] = {"rbytes=", "wbytes=", "rios=", "wios="};
    while (*p) {
        unsigned long long major, minor, value;
        const char *end = number(p, &major);
        if (end != p && *end == ':') {
            struct row *r;
            p = number(end + 1, &minor);
            r = row((unsigned)major, (unsigned)minor);
            while (*p && *p != '\n') {
                int column = -1;
                while (*p == ' ')
                    p++;
                for (int i = 0; i < 4 && column < 0; i++) {
                    size_t length = strlen(keys[i]);
                    if (!strncmp(p, keys[i], length)) {
                        column = i;
                        p += length;
                    }
                }
                if (column < 0 && !strncmp(p, "Read ", 5)) {
                    column = at;
                    p += 5;
                } else if (column < 0 && !strncmp(p, "Write ", 6)) {
                    column = at + 1;
                    p += 6;
                }
                if (column >= 0) {
                    p = number(p, &value);
                    r->value[column] = value;
                } else {
                    while (*p && *p != ' ' && *p != '\n')
                        p++;
                }
            }
        }
        while (*p && *p != '\n')
            p++;
        if (*p)
            p++;
    }
}

static long long nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int argc, char **argv) {
    static char line[8192];
    static char *paths[8192];
    int n = 0, ticks;
    FILE *list;
    if (argc != 3 || !(list = fopen(argv[1], "r")))
        return 2;
    ticks = atoi(argv[2]);
    while (n < 8192 && fgets(line, sizeof line, list)) {
        line[strcspn(line, "\n")] = 0;
        paths[n++] = strdup(line);
    }
    while (fgets(line, sizeof line, stdin)) {
        long long from = nanos();
        for (int t = 0; t < ticks; t++) {
            for (int i = 0; i < n; i++) {
                ssize_t length = 0, got;
                int fd = open(paths[i], O_RDONLY | O_CLOEXEC);
                if (fd < 0) {
                    perror(paths[i]);
                    return 1;
                }
                while ((got = read(fd, buffer + length, sizeof buffer - 1 - (size_t)length)) > 0)
                    length += got;
                close(fd);
                buffer[length] = 0;
                rows = 0;
                parse(buffer, strstr(paths[i], "serviced") ? 2 : 0);
                for (int d = 0; d < rows; d++)
                    sum += table[d].value[0] + table[d].value[3];
            }
        }
        printf("%lld\n", nanos() - from);
        fflush(stdout);
    }
    return sum == 1;
}
