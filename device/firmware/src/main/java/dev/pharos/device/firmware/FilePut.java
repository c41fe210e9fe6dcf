// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// One PUT of a file. HttpURLConnection has no limit for how long a server takes nothing more of a body; here that is
/// watched, and the connection given up.
final class FilePut {
    private FilePut() {}

    /// The device cannot read its own file, which another try does not help.
    static final class SourceException extends IOException {
        private static final long serialVersionUID = 1L;

        SourceException(String why) {
            super(why);
        }
    }

    /// Sends all but the end of the request, of which the answer can be read then.
    ///
    /// @param stall for the next bytes to be taken
    /// @throws SourceException where the file has become shorter than it was, or cannot be read
    static void of(Outgoing file, HttpURLConnection request, Duration stall) throws IOException {
        request.setRequestMethod("PUT");
        request.setDoOutput(true);
        request.setFixedLengthStreamingMode(file.size());
        request.setRequestProperty("Content-Type", "application/octet-stream");
        AtomicLong moved = new AtomicLong();
        Thread watch = Thread.ofVirtual().name("upload-watch").start(() -> watch(request, moved, stall));
        try (InputStream in = opened(file);
                OutputStream out = request.getOutputStream()) {
            byte[] buffer = new byte[Limits.BUFFER];
            for (long left = file.size(); left > 0; ) {
                int read = read(in, buffer, (int) Math.min(left, buffer.length));
                out.write(buffer, 0, read);
                moved.incrementAndGet();
                left -= read;
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("cancelled");
                }
            }
        } finally {
            watch.interrupt();
        }
    }

    private static InputStream opened(Outgoing file) throws SourceException {
        try {
            return file.source().open();
        } catch (IOException gone) {
            throw new SourceException("it cannot be read: " + gone.getMessage());
        }
    }

    private static int read(InputStream in, byte[] buffer, int most) throws SourceException {
        try {
            int read = in.read(buffer, 0, most);
            if (read > 0) {
                return read;
            }
        } catch (IOException gone) {
            throw new SourceException("it cannot be read: " + gone.getMessage());
        }
        throw new SourceException("it became shorter while it was sent");
    }

    private static void watch(HttpURLConnection request, AtomicLong moved, Duration stall) {
        try {
            for (long before = -1; moved.get() != before; ) {
                before = moved.get();
                Thread.sleep(stall);
            }
            request.disconnect();
        } catch (InterruptedException sent) {
            Thread.currentThread().interrupt();
        }
    }
}
