// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What of a file is asked for (RFC 9110 section 14). Several ranges in one request, and what is no range, are answered
/// with the whole, as a server may.
///
/// @param first byte, from 0
/// @param last byte, smaller than `first` where nothing of the file was asked for
/// @param size of the file
record ByteRange(long first, long last, long size) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

    static ByteRange of(@Nullable String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header);
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return new ByteRange(0, size - 1, size);
        }
        if (one.group(1).isEmpty()) {
            long length = Math.min(size, Long.parseLong(one.group(2)));
            return new ByteRange(size - length, size - 1, size);
        }
        long first = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? Math.max(first, size - 1) : Long.parseLong(one.group(2));
        return last < first
                ? new ByteRange(0, size - 1, size)
                : new ByteRange(Math.min(first, size), Math.min(last, size - 1), size);
    }

    boolean isSatisfiable() {
        return first <= last;
    }

    boolean isPart() {
        return length() < size;
    }

    long length() {
        return last - first + 1;
    }
}
