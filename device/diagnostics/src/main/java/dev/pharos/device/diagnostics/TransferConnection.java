// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.device.firmware.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection of a transfer: runs on a thread of its own, and is ended by others.
final class TransferConnection {
    private final TransferPlan plan;
    private final ServerTrust trust;
    private final TransferProgress progress;
    private volatile @Nullable HttpLine line;
    private volatile Optional<Instant> asked = Optional.empty();
    private volatile Optional<Instant> there = Optional.empty();
    private volatile Optional<Instant> requested = Optional.empty();
    private volatile Optional<TransferMark> begin = Optional.empty();
    private volatile Optional<TransferMark> end = Optional.empty();
    private Optional<LinkCounter> link = Optional.empty();
    private Optional<LinkCounter.Reading> before = Optional.empty();
    private volatile long bytes;
    private volatile boolean stopped;

    TransferConnection(TransferPlan plan, ServerTrust trust, TransferProgress progress) {
        this.plan = plan;
        this.trust = trust;
        this.progress = progress;
    }

    /// When the connection was asked for, the first of them where there were several.
    Optional<Instant> asked() {
        return asked;
    }

    Optional<Instant> there() {
        return there;
    }

    /// When the request left.
    Optional<Instant> requested() {
        return requested;
    }

    /// When the first byte of the file was there.
    Optional<TransferMark> begin() {
        return begin;
    }

    Optional<TransferMark> end() {
        return end;
    }

    long bytes() {
        return bytes;
    }

    /// The time is over: what has been transferred counts.
    void stop() {
        stopped = true;
        HttpLine open = line;
        if (open != null && !progress.isUpload()) {
            open.close();
        }
    }

    /// It is given up.
    void abort() {
        stopped = true;
        HttpLine open = line;
        if (open != null) {
            open.close();
        }
    }

    /// Transfers one file, or one after the other until it is stopped or they were many; from the first to the last
    /// byte
    /// is then a shorter time, which the result tells.
    ///
    /// @throws TransferException where it does not work out
    void run() throws TransferException {
        int requests = 0;
        do {
            requests++;
            try (HttpLine opened = HttpLine.open(plan, trust)) {
                line = opened;
                asked = asked.or(() -> Optional.of(opened.asked()));
                there = there.or(() -> Optional.of(opened.there()));
                if (stopped) {
                    break;
                }
                if (progress.isUpload()) {
                    upload(opened);
                } else {
                    download(opened);
                }
            }
        } while (plan.isTimed() && !stopped && requests < Limits.REQUESTS);
        end = Optional.of(progress.mark(this));
        progress.ended();
    }

    private void download(HttpLine opened) throws TransferException {
        try {
            // HTTP/1.0, since its answers are never cut into chunks, which would have to be taken out of the count
            send(opened, "GET", "HTTP/1.0", "Accept-Encoding: identity\r\n");
            HttpLine.Head head = opened.head();
            mustBeGood(head.status());
            receive(opened.in(), head.length());
        } catch (SocketTimeoutException late) {
            throw new TransferException(begin.isEmpty() ? "Error_NoResponse" : "Error_Timeout");
        } catch (IOException broken) {
            if (!stopped) {
                throw new TransferException(begin.isEmpty() ? "Error_NoResponse" : "Error_TransferFailed");
            }
        }
    }

    private void receive(InputStream in, long length) throws IOException, TransferException {
        byte[] buffer = new byte[Limits.BUFFER];
        long come = 0;
        while (!stopped && (length < 0 || come < length)) {
            int read = in.read(buffer);
            if (read < 0) {
                break;
            }
            begun();
            come += read;
            count(read);
        }
        if (!stopped && length >= 0 && come != length) {
            throw new TransferException("Error_IncorrectSize");
        }
        if (!stopped && come == 0) {
            throw new TransferException("Error_TransferFailed");
        }
    }

    private void upload(HttpLine opened) throws TransferException {
        try {
            String framing =
                    plan.isTimed() ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + plan.length() + "\r\n";
            send(opened, "PUT", "HTTP/1.1", "Content-Type: application/octet-stream\r\n" + framing);
            begun();
            try {
                give(opened.out());
            } catch (SocketTimeoutException late) {
                throw late;
            } catch (IOException cut) {
                // the server may have said why before it cut us off
                mustBeGood(opened.head().status());
                throw cut;
            }
            mustBeGood(opened.head().status());
        } catch (SocketTimeoutException late) {
            throw new TransferException("Error_NoResponse");
        } catch (IOException broken) {
            throw new TransferException("Error_NoTransferComplete");
        }
    }

    private void give(OutputStream out) throws IOException {
        byte[] buffer = new byte[Limits.BUFFER];
        if (plan.isTimed()) {
            byte[] size = (Integer.toHexString(buffer.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] end = {'\r', '\n'};
            while (!stopped) {
                out.write(size);
                out.write(buffer);
                out.write(end);
                count(buffer.length);
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            for (long left = plan.length(); left > 0 && !stopped; ) {
                int next = Math.toIntExact(Math.min(left, buffer.length));
                out.write(buffer, 0, next);
                left -= next;
                count(next);
            }
        }
        out.flush();
    }

    private void send(HttpLine opened, String method, String version, String fields) throws IOException {
        link = LinkCounter.of(opened.socket().getLocalAddress());
        before = link.flatMap(LinkCounter::read);
        opened.send(method + " " + plan.url().path() + " " + version + "\r\nHost: "
                + plan.url().authority() + "\r\nUser-Agent: Pharos\r\nConnection: close\r\n" + fields + "\r\n");
        requested = requested.or(() -> Optional.of(Instant.now()));
    }

    private void mustBeGood(int status) throws TransferException {
        if (status == 401 || status == 403 || status == 407) {
            throw new TransferException("Error_LoginFailed");
        }
        if (status < 200 || status > 299) {
            throw new TransferException(failed());
        }
    }

    private String failed() {
        return progress.isUpload() ? "Error_NoTransferComplete" : "Error_TransferFailed";
    }

    private void begun() {
        if (begin.isEmpty()) {
            begin = Optional.of(progress.begun(this, link, before));
        }
    }

    /// By this thread alone.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(long more) {
        bytes += more;
    }
}
