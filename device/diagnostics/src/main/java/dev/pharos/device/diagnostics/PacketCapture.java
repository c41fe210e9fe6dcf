// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.device.diagnostics.capture.Capture;
import dev.pharos.device.diagnostics.capture.CaptureBounds;
import dev.pharos.device.diagnostics.capture.CaptureFile;
import dev.pharos.device.diagnostics.capture.CaptureFormat;
import dev.pharos.device.diagnostics.capture.PacketFilter;
import dev.pharos.device.diagnostics.capture.PacketSocket;
import dev.pharos.device.firmware.FileUpload;
import dev.pharos.device.firmware.ImageOrder;
import dev.pharos.device.firmware.Patience;
import dev.pharos.device.firmware.ServerTrust;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/// PacketCaptureDiagnostics(): the packets of a link, or of all, in a file that goes to a server. Nothing of them stays
/// here, however it ends.
final class PacketCapture implements Diagnostic {
    static final String COMMAND = "PacketCaptureDiagnostics()";

    private final Semaphore place = new Semaphore(1);
    private final ServerTrust trust;
    private final Patience patience;

    /// @param trust who vouches for the server that takes the file
    PacketCapture(ServerTrust trust, Patience patience) {
        this.trust = trust;
        this.patience = patience;
    }

    @Override
    public Map<String, String> run(Order order) throws InterruptedException {
        if (order.text("FileTarget", "").isEmpty()) {
            throw Order.wrong("FileTarget: a capture is not kept on the device; name the URL that it goes to");
        }
        ImageOrder target = ImageOrder.giving("FileTarget", order.call());
        CaptureFormat format = format(order.text("Format", CaptureFormat.LIBPCAP.text()));
        PacketFilter filter = PacketFilter.of(order.text("FilterExpression", ""));
        Capture.Bounds bounds = new Capture.Bounds(
                Duration.ofSeconds(order.number(
                        "Duration", CaptureBounds.USUAL.toSeconds(), 1, CaptureBounds.LONGEST.toSeconds())),
                order.number("PacketCount", 0, 0, CaptureBounds.PACKETS),
                order.number("ByteCount", 0, 0, CaptureBounds.FILE_BYTES));
        if (!place.tryAcquire()) {
            throw DiagnosticsElement.busy("a capture is under way");
        }
        try (PacketSocket socket = opened(order.egress());
                CaptureFile file = CaptureFile.of(format, socket.kind())) {
            Instant start = Instant.now();
            run(new Capture(socket, filter, file, bounds));
            Instant end = Instant.now();
            new FileUpload(target, trust, patience).send(file.outgoing());
            return outputs(target, start, end, file.packets());
        } catch (IOException failed) {
            throw ProgramRun.failure("the capture failed: " + failed.getMessage());
        } finally {
            place.release();
        }
    }

    private static CaptureFormat format(String text) {
        return Arrays.stream(CaptureFormat.values())
                .filter(known -> known.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Order.wrong("Format is libpcap or pcapng"));
    }

    private static PacketSocket opened(Egress egress) {
        try {
            return egress.isAny() ? PacketSocket.ofAll() : PacketSocket.of(egress.link());
        } catch (NoSuchFileException none) {
            throw ProgramRun.failure("this host has no link " + egress.link() + "; leave out Interface");
        } catch (IOException refused) {
            throw ProgramRun.failure("no packets can be captured: " + refused.getMessage());
        }
    }

    /// On a thread of its own: who waits in the kernel cannot be interrupted, and must not hold a carrier.
    private static void run(Capture capture) throws IOException, InterruptedException {
        FutureTask<Void> task = new FutureTask<>(capture);
        Thread thread = Thread.ofPlatform().daemon().name("packet-capture").start(task);
        try {
            Void _ = task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException io) {
                throw new IOException(io.getMessage(), io);
            }
            throw new IllegalStateException(failed);
        } finally {
            capture.stop();
            // nobody may use the socket when it is closed
            join(thread);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException cancelled) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> outputs(ImageOrder target, Instant start, Instant end, long packets) {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("Status", "Complete");
        outputs.put("PacketCaptureResult.1.FileLocation", target.url().toString());
        outputs.put("PacketCaptureResult.1.StartTime", start.toString());
        outputs.put("PacketCaptureResult.1.EndTime", end.toString());
        outputs.put("PacketCaptureResult.1.Count", Long.toString(packets));
        return outputs;
    }
}
