// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One download of an image over HTTP(S). Where it breaks off or stalls it goes on with the byte that is missing
/// (RFC 9110 section 14), as long as the server still has the same file; else it begins again. Used once, by one
/// thread.
public final class ImageFetch {
    private static final Logger LOG = LoggerFactory.getLogger(ImageFetch.class);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\\*)");

    private final ImageOrder order;
    private final ImageSink sink;
    private final HttpDoor door;
    private final Patience patience;
    private MessageDigest digest;
    private long at;
    private long whole = -1;
    private String tag = "";

    public ImageFetch(ImageOrder order, ImageSink sink, ServerTrust trust, Patience patience) {
        this.order = order;
        this.sink = sink;
        this.door = new HttpDoor(order, trust, patience);
        this.patience = patience;
        this.digest = freshDigest();
    }

    /// What came.
    ///
    /// @param size in bytes
    /// @param digest by the algorithm of the order, SHA-256 where it names none
    public record Fetched(long size, Bytes digest) {
        /// @throws dev.pharos.usp.UspException 7022 where the image is not the one that was meant
        public void mustBe(ImageOrder order) {
            order.checkSum().ifPresent(sum -> {
                if (!sum.value().equals(digest)) {
                    throw FileProblem.UNUSABLE.because("the check sum does not match: its "
                            + sum.algorithm().text() + " is " + digest.toHex());
                }
            });
        }
    }

    /// What an earlier process has left of the same image, which is not fetched again.
    ///
    /// @param tagThen how the server called it
    public ImageFetch goingOnAfter(InputStream bytes, String tagThen) throws IOException {
        byte[] buffer = new byte[Limits.BUFFER];
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            digest.update(buffer, 0, read);
            at += read;
        }
        tag = tagThen;
        return this;
    }

    /// Fetches the rest.
    ///
    /// @throws dev.pharos.usp.UspException 7022 saying what went wrong, without the query of the URL
    /// @throws InterruptedException where it is cancelled
    public Fetched fetch() throws InterruptedException {
        Instant end = Instant.now().plus(Limits.LONGEST);
        int tries = 0;
        while (true) {
            long before = at;
            String why;
            FileProblem problem;
            try {
                if (once()) {
                    return new Fetched(at, Bytes.adopt(digest.digest()));
                }
                why = "it broke off after " + at + " bytes";
                problem = FileProblem.BROKEN_OFF;
            } catch (HttpDoor.LaterException later) {
                why = later.getMessage();
                problem = FileProblem.BUSY;
            } catch (SinkException full) {
                throw FileProblem.NO_ROOM.because("the file cannot be stored: " + full.getMessage());
            } catch (IOException broken) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                why = HttpDoor.words(broken);
                problem = FileProblem.of(broken, at > 0);
            }
            tries = at > before ? 1 : tries + 1;
            if (tries >= patience.tries() || Instant.now().isAfter(end)) {
                throw problem.because(order.place() + " gives up no file: " + why);
            }
            LOG.info("{} is tried again: {}", order.place(), why);
            Thread.sleep(patience.before(tries + 1));
        }
    }

    /// @return whether the image is whole
    private boolean once() throws IOException, InterruptedException {
        boolean goesOn = at > 0 && (!tag.isEmpty() || order.checkSum().isPresent());
        if (at > 0 && !goesOn) {
            beginAgain();
        }
        HttpURLConnection answer = door.ask(at, tag);
        try {
            switch (answer.getResponseCode()) {
                case HttpURLConnection.HTTP_OK -> {
                    if (at > 0) {
                        beginAgain();
                    }
                    whole = answer.getContentLengthLong();
                    identify(answer);
                }
                case HttpURLConnection.HTTP_PARTIAL -> mustGoOn(answer);
                default -> {
                    // there is nothing behind what we have
                    beginAgain();
                    return false;
                }
            }
            if (whole > Limits.IMAGE_BYTES) {
                throw FileProblem.NO_ROOM.because("the file is larger than " + Limits.IMAGE_BYTES + " bytes");
            }
            read(answer);
        } finally {
            answer.disconnect();
        }
        return whole < 0 || at == whole;
    }

    private void identify(HttpURLConnection answer) throws IOException {
        String given = answer.getHeaderField("ETag");
        tag = given == null || given.startsWith("W/") ? "" : given;
        try {
            sink.identified(tag);
        } catch (IOException full) {
            throw new SinkException(full);
        }
    }

    private void mustGoOn(HttpURLConnection answer) throws IOException {
        String given = answer.getHeaderField("Content-Range");
        Matcher range = CONTENT_RANGE.matcher(given == null ? "" : given);
        if (!range.matches() || Long.parseLong(range.group(1)) != at) {
            beginAgain();
            throw new IOException("the server gave another part than was asked for");
        }
        whole = range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    }

    private void read(HttpURLConnection answer) throws IOException, InterruptedException {
        byte[] buffer = new byte[Limits.BUFFER];
        try (InputStream in = answer.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (at + read > Limits.IMAGE_BYTES) {
                    throw FileProblem.NO_ROOM.because("the file is larger than " + Limits.IMAGE_BYTES + " bytes");
                }
                try {
                    sink.write(buffer, read);
                } catch (IOException full) {
                    throw new SinkException(full);
                }
                digest.update(buffer, 0, read);
                at += read;
            }
        }
    }

    private void beginAgain() throws IOException {
        try {
            sink.restart();
        } catch (IOException full) {
            throw new SinkException(full);
        }
        digest = freshDigest();
        at = 0;
        whole = -1;
        tag = "";
    }

    private MessageDigest freshDigest() {
        return order.checkSum()
                .map(CheckSum::algorithm)
                .orElse(CheckSum.Algorithm.SHA_256)
                .digest();
    }

    /// It is our own disk, which another try does not help.
    private static final class SinkException extends IOException {
        private static final long serialVersionUID = 1L;

        SinkException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
