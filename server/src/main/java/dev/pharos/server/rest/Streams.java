// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All readers of streams, so that there are never too many, and so that a stop ends them.
public final class Streams {
    private final Set<StreamReader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    void enter(StreamReader reader) {
        if (closed) {
            throw new ApiException(503, "Stopping", "The server stops.");
        }
        if (readers.size() >= Limits.STREAMS) {
            throw new ApiException(
                    503, "Too many streams", "At most " + Limits.STREAMS + " streams can be open at the same time.");
        }
        readers.add(reader);
        if (closed) {
            reader.close();
        }
    }

    /// A reader of the wire, which costs more than others.
    void enterWire(WireStreamReader reader) {
        long before =
                readers.stream().filter(WireStreamReader.class::isInstance).count();
        if (before >= Limits.WIRE_STREAMS) {
            throw new ApiException(
                    503,
                    "Too many streams",
                    "At most " + Limits.WIRE_STREAMS + " can look at the wire at the same time.");
        }
        enter(reader);
    }

    void leave(StreamReader reader) {
        reader.close();
        readers.remove(reader);
    }

    public int open() {
        return readers.size();
    }

    public void close() {
        closed = true;
        readers.forEach(StreamReader::close);
    }
}
