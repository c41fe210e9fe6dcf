// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import dev.pharos.usp.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes STOMP as a test dictates, byte by byte and with nothing of ours, for what no broker at hand
/// says by itself. One client at a time.
final class ScriptedServer implements Closeable {
    private final ServerSocket listener;
    private @Nullable Socket client;

    /// A frame as it was on the wire.
    ///
    /// @param head command and headers, a line each, as they came
    record Frame(List<String> head, Bytes body) {
        String command() {
            return head.getFirst();
        }

        /// The value of the first header of this name, escapes and all; null where there is none.
        @Nullable
        String raw(String name) {
            return head.stream()
                    .skip(1)
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElse(null);
        }
    }

    ScriptedServer() throws IOException {
        this(new ServerSocket(0, 4, InetAddress.getLoopbackAddress()));
    }

    ScriptedServer(ServerSocket listener) throws IOException {
        this.listener = listener;
        listener.setSoTimeout(30_000);
    }

    URI uri() {
        return URI.create("stomp://127.0.0.1:" + listener.getLocalPort());
    }

    /// Waits for the next client and for the frame that it opens with.
    Frame accept() throws IOException {
        Socket accepted = listener.accept();
        accepted.setSoTimeout(30_000);
        client = accepted;
        return next();
    }

    /// Waits for the next client, welcomes it and confirms its subscription.
    ///
    /// @return the SUBSCRIBE frame
    Frame welcome(String... headers) throws IOException {
        accept();
        write("CONNECTED\nversion:1.2\n"
                + String.join("", Arrays.stream(headers).map(h -> h + "\n").toList()) + "\n\0");
        return confirm();
    }

    /// Confirms the next frame, which asks for a receipt.
    Frame confirm() throws IOException {
        Frame frame = next();
        write("RECEIPT\nreceipt-id:" + frame.raw("receipt") + "\n\n\0");
        return frame;
    }

    /// The next frame; heart-beats before it are passed over.
    Frame next() throws IOException {
        int first = read();
        while (first == '\n' || first == '\r') {
            first = read();
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(first);
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\n\n")) {
            head.write(read());
        }
        List<String> lines = Arrays.asList(head.toString(StandardCharsets.UTF_8).split("\n"));
        Frame bare = new Frame(lines, Bytes.EMPTY);
        String length = bare.raw("content-length");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (length == null) {
            for (int next = read(); next != 0; next = read()) {
                body.write(next);
            }
        } else {
            body.write(stream().readNBytes(Integer.parseInt(length)));
            if (read() != 0) {
                throw new IOException("no NUL after the body");
            }
        }
        return new Frame(lines, Bytes.adopt(body.toByteArray()));
    }

    /// The next byte, which may be a heart-beat; -1 at the end.
    int readAny() throws IOException {
        return stream().read();
    }

    private int read() throws IOException {
        int next = stream().read();
        if (next < 0) {
            throw new IOException("the client has ended the connection");
        }
        return next;
    }

    private InputStream stream() throws IOException {
        Socket connected = client;
        if (connected == null) {
            throw new IOException("no client");
        }
        return connected.getInputStream();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        Socket connected = client;
        if (connected == null) {
            throw new IOException("no client");
        }
        connected.getOutputStream().write(bytes);
        connected.getOutputStream().flush();
    }

    /// A MESSAGE frame with these headers beside those that there must be.
    void message(byte[] body, String... headers) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("MESSAGE\nmessage-id:1\nsubscription:1\ndestination:/d\n".getBytes(StandardCharsets.UTF_8));
        for (String header : headers) {
            out.writeBytes((header + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("content-length:" + body.length + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        out.write(0);
        write(out.toByteArray());
    }

    void drop() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public void close() throws IOException {
        drop();
        listener.close();
    }
}
