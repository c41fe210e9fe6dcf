// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.device.firmware.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// One TCP connection to a web server, with one request. No HTTP client of a library: TR-143 wants to know when the
/// connection was asked for, when it was there, when the request left, and when the first byte of the file came.
final class HttpLine implements AutoCloseable {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

    private final Socket plain;
    private final Socket socket;
    private final Instant asked;
    private final Instant there;

    private HttpLine(Socket plain, Socket socket, Instant asked, Instant there) {
        this.plain = plain;
        this.socket = socket;
        this.asked = asked;
        this.there = there;
    }

    /// @throws TransferException with the status that says why there is no connection
    static HttpLine open(TransferPlan plan, ServerTrust trust) throws TransferException {
        Socket plain = new Socket();
        boolean opened = false;
        try {
            plain.setTrafficClass(plan.trafficClass());
            plain.setTcpNoDelay(true);
            var source = plan.egress().source(plan.address());
            if (source.isPresent()) {
                plain.bind(new InetSocketAddress(source.get(), 0));
            }
            int stall = Math.toIntExact(Limits.STALL.toMillis());
            Instant asked = Instant.now();
            plain.connect(plan.server(), stall);
            Instant there = Instant.now();
            plain.setSoTimeout(stall);
            Socket socket = plan.url().secure() ? secured(plain, plan.url(), trust) : plain;
            opened = true;
            return new HttpLine(plain, socket, asked, there);
        } catch (NoRouteToHostException noRoute) {
            throw new TransferException("Error_NoRouteToHost");
        } catch (SocketTimeoutException late) {
            throw new TransferException("Error_NoResponse");
        } catch (ConnectException refused) {
            boolean noRoute = String.valueOf(refused.getMessage()).contains("unreachable");
            throw new TransferException(noRoute ? "Error_NoRouteToHost" : "Error_InitConnectionFailed");
        } catch (IOException broken) {
            throw new TransferException("Error_InitConnectionFailed");
        } finally {
            if (!opened) {
                close(plain);
            }
        }
    }

    private static Socket secured(Socket plain, TransferUrl url, ServerTrust trust) throws IOException {
        if (!(trust.context().getSocketFactory().createSocket(plain, url.host(), url.port(), true)
                instanceof SSLSocket secure)) {
            throw new SSLException("the runtime makes no TLS sockets");
        }
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /// When the connection was asked for.
    Instant asked() {
        return asked;
    }

    /// When it was there.
    Instant there() {
        return there;
    }

    Socket socket() {
        return plain;
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /// What an answer says of itself.
    ///
    /// @param length of its body, in bytes; -1 where it ends with the connection
    record Head(int status, long length) {}

    /// Reads the head of an answer, after those that only say that it will come.
    ///
    /// @throws IOException where it is none, is too long, or does not come
    Head head() throws IOException {
        Head head = oneHead();
        while (head.status() < 200) {
            head = oneHead();
        }
        return head;
    }

    private Head oneHead() throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = in();
        while (!text.substring(Math.max(0, text.length() - 4)).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0 || text.length() >= Limits.HEAD) {
                throw new IOException("no head of an answer");
            }
            text.append((char) next);
        }
        String[] lines = text.toString().split("\r\n");
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new IOException("no answer of HTTP");
        }
        long length = -1;
        for (String line : lines) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            boolean says = line.toLowerCase(Locale.ROOT).startsWith("content-length:");
            if (says && value.matches("[0-9]{1,18}")) {
                length = Long.parseLong(value);
            }
        }
        return new Head(Integer.parseInt(status.group(1)), length);
    }

    void send(String head) throws IOException {
        out().write(head.getBytes(StandardCharsets.US_ASCII));
        out().flush();
    }

    @Override
    public void close() {
        close(plain);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // nothing is lost
        }
    }
}
