// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Takes packets into a file until it is over. Called once.
public final class Capture implements Callable<Void> {
    private final PacketSocket socket;
    private final PacketFilter filter;
    private final CaptureFile file;
    private final Bounds bounds;
    private long bytes;
    private volatile boolean stopped;

    /// When it is over; whatever comes first, or the file is full.
    ///
    /// @param packets 0 for no bound
    /// @param bytes of packets, 0 for no bound
    public record Bounds(Duration time, long packets, long bytes) {}

    public Capture(PacketSocket socket, PacketFilter filter, CaptureFile file, Bounds bounds) {
        this.socket = socket;
        this.filter = filter;
        this.file = file;
        this.bounds = bounds;
    }

    /// Has it be over in a moment. By any thread.
    public void stop() {
        stopped = true;
    }

    @Override
    public Void call() throws IOException {
        long end = System.nanoTime() + bounds.time().toNanos();
        boolean on = true;
        while (on && !stopped && System.nanoTime() - end < 0) {
            Optional<Packet> packet = socket.receive().filter(one -> filter.wants(socket.kind(), one));
            if (packet.isPresent()) {
                on = take(packet.get());
            }
        }
        return null;
    }

    /// @return whether there may be more
    private boolean take(Packet packet) throws IOException {
        bytes += packet.bytes().size();
        if (bounds.bytes() > 0 && bytes > bounds.bytes()) {
            return false;
        }
        return file.add(packet) && (bounds.packets() == 0 || file.packets() < bounds.packets());
    }
}
