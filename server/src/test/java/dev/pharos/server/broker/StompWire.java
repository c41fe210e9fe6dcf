// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A client that says whatever a test wants, with nothing of ours in between. Texts are as on the wire, escapes and
/// all.
final class StompWire implements AutoCloseable {
    private final Socket socket;

    /// @param head command and headers, a line each
    record Frame(List<String> head, String body) {
        String command() {
            return head.getFirst();
        }

        String header(String name) {
            return head.stream()
                    .skip(1)
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElse("");
        }
    }

    StompWire(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    StompWire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
    }

    /// Colons as STOMP writes them.
    static String escape(String text) {
        return text.replace(":", "\\c");
    }

    /// @return the answer: CONNECTED, or ERROR
    Frame open(String endpointId, String... more) throws IOException {
        write("STOMP", "accept-version:1.2", "host:h", "endpoint-id:" + escape(endpointId), String.join("\n", more));
        return next();
    }

    Frame subscribe(String id, String destination) throws IOException {
        write("SUBSCRIBE", "id:" + id, "destination:" + escape(destination), "receipt:sub-" + id);
        return next();
    }

    void send(String destination, String replyTo, String body) throws IOException {
        write(
                "SEND",
                "destination:" + escape(destination),
                "content-type:application/vnd.bbf.usp.msg",
                "reply-to-dest:" + escape(replyTo),
                "\n" + body);
    }

    /// Lines of a frame; one that begins with an empty line is the body. Empty ones are left out.
    void write(String... lines) throws IOException {
        StringBuilder out = new StringBuilder();
        String body = "\n";
        for (String line : lines) {
            if (line.startsWith("\n")) {
                body = line;
            } else if (!line.isEmpty()) {
                out.append(line).append('\n');
            }
        }
        raw((out + body + "\0").getBytes(StandardCharsets.UTF_8));
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Frame next() throws IOException {
        InputStream in = socket.getInputStream();
        int first = in.read();
        while (first == '\n' || first == '\r') {
            first = in.read();
        }
        if (first < 0) {
            return new Frame(List.of("END"), "");
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(first);
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\n\n")) {
            head.write(some(in));
        }
        Frame bare =
                new Frame(Arrays.asList(head.toString(StandardCharsets.UTF_8).split("\n")), "");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String length = bare.header("content-length");
        if (!length.isEmpty()) {
            body.write(in.readNBytes(Integer.parseInt(length)));
        }
        for (int next = some(in); next != 0; next = some(in)) {
            body.write(next);
        }
        return new Frame(bare.head(), body.toString(StandardCharsets.UTF_8));
    }

    private static int some(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new IOException("the broker has ended the connection");
        }
        return next;
    }

    void finishWriting() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
