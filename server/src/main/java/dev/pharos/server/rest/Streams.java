// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rate.Askers;
import dev.pharos.server.rate.RateLimiter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All readers of streams, so that there are never too many, nobody has too many of them, and a stop ends
/// them.
public final class Streams {
    private final RateLimiter limiter;

    /// With whose each is.
    private final Map<StreamReader, String> readers = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /// @param limiter how many one may have
    public Streams(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /// @param owner who reads
    synchronized void enter(StreamReader reader, String owner) {
        if (closed) {
            throw new ApiException(503, "Stopping", "The server stops.");
        }
        if (readers.size() >= Limits.STREAMS) {
            throw new ApiException(
                    503, "Too many streams", "At most " + Limits.STREAMS + " streams can be open at the same time.");
        }
        int most = limiter.limits().streams();
        if (readers.values().stream().filter(owner::equals).count() >= most) {
            limiter.refused(Askers.STREAMS, owner);
            throw new ApiException(
                            429,
                            "Too many streams",
                            "You have " + most + " streams open, which is as many as one may have: close some.")
                    .after(Limits.HEARTBEAT);
        }
        readers.put(reader, owner);
        if (closed) {
            reader.close();
        }
    }

    /// A reader of the wire, which costs more than others.
    ///
    /// @param owner who reads
    synchronized void enterWire(WireStreamReader reader, String owner) {
        long before = readers.keySet().stream()
                .filter(WireStreamReader.class::isInstance)
                .count();
        if (before >= Limits.WIRE_STREAMS) {
            throw new ApiException(
                    503,
                    "Too many streams",
                    "At most " + Limits.WIRE_STREAMS + " can look at the wire at the same time.");
        }
        enter(reader, owner);
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
        readers.keySet().forEach(StreamReader::close);
    }
}
