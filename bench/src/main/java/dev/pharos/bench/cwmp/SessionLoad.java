// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.cwmp;

import dev.pharos.usp.http.HttpChallenge;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Devices with a connection each that stays, which hold their sessions all at once: each sends its message while the
/// others' are on the way. The odd ones show a login with every message.
final class SessionLoad implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int QUIET_MILLIS = 60_000;
    private static final byte[] NOTHING = {};

    private final byte[] values;
    private final List<Device> devices = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    SessionLoad(int port, int count) throws IOException {
        this.values = SoapCorpus.values(32);
        for (int i = 0; i < count; i++) {
            devices.add(new Device(port, i));
        }
    }

    /// Each device holds one session.
    void round() throws InterruptedException, ExecutionException {
        List<Callable<Integer>> parts = new ArrayList<>();
        for (int part = 0; part < THREADS; part++) {
            int first = part;
            parts.add(() -> {
                List<Device> mine = new ArrayList<>();
                for (int i = first; i < devices.size(); i += THREADS) {
                    mine.add(devices.get(i));
                }
                together(mine, device -> device.inform, 200);
                together(mine, device -> NOTHING, 200);
                together(mine, device -> values, 204);
                return mine.size();
            });
        }
        int held = 0;
        for (Future<Integer> part : threads.invokeAll(parts)) {
            held += part.get();
        }
        if (held != devices.size()) {
            throw new IllegalStateException(held + " of " + devices.size() + " sessions");
        }
    }

    /// All say a message of a session, then all hear what it is answered.
    private static void together(List<Device> devices, Function<Device, byte[]> said, int wanted) throws IOException {
        for (Device device : devices) {
            device.say(said.apply(device));
        }
        for (Device device : devices) {
            int status = device.heard(said.apply(device));
            if (status != wanted) {
                throw new IllegalStateException("answered " + status + " instead of " + wanted);
            }
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Device device : devices) {
            device.close();
        }
    }

    /// One device on its connection.
    private static final class Device implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final byte[] inform;
        private final boolean showsLogin;
        private Optional<String> authorization = Optional.empty();

        Device(int port, int number) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(QUIET_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
            inform = SoapCorpus.inform(String.format(Locale.ROOT, "BENCH%06d", number));
            showsLogin = number % 2 == 1;
            if (showsLogin) {
                authorization = Optional.of(HttpChallenge.answer(
                                HttpChallenge.parse(
                                        List.of("Digest realm=\"Pharos TR-069\", qop=\"auth\", nonce=\"0-0-0\"")),
                                login(),
                                () -> "bench")
                        .orElseThrow());
            }
        }

        private static HttpChallenge.Login login() {
            return new HttpChallenge.Login(SessionServer.USERNAME, SessionServer.PASSWORD, "POST", SessionServer.PATH);
        }

        void say(byte[] body) throws IOException {
            String head = "POST " + SessionServer.PATH + " HTTP/1.1\r\nHost: acs\r\n"
                    + authorization
                            .map(said -> "Authorization: " + said + "\r\n")
                            .orElse("")
                    + (body.length == 0 ? "" : "Content-Type: text/xml; charset=\"utf-8\"\r\n")
                    + "Content-Length: " + body.length + "\r\n\r\n";
            byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[bytes.length + body.length];
            System.arraycopy(bytes, 0, whole, 0, bytes.length);
            System.arraycopy(body, 0, whole, bytes.length, body.length);
            socket.getOutputStream().write(whole);
        }

        /// The status of the answer; meets a challenge once, as a device does whose nonce has grown old.
        int heard(byte[] body) throws IOException {
            List<String> challenges = new ArrayList<>();
            int status = answer(challenges);
            if (status != 401) {
                return status;
            }
            authorization = HttpChallenge.answer(HttpChallenge.parse(challenges), login(), () -> "bench");
            say(body);
            return answer(challenges);
        }

        private int answer(List<String> challenges) throws IOException {
            String line = line();
            int status = Integer.parseInt(line.split(" ", 3)[1]);
            int length = 0;
            for (line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                String value = line.substring(colon + 1).strip();
                if (name.equals("content-length")) {
                    length = Integer.parseInt(value);
                } else if (name.equals("www-authenticate")) {
                    challenges.add(value);
                }
            }
            in.skipNBytes(length);
            return status;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int read = in.read(); read != '\n'; read = in.read()) {
                if (read < 0) {
                    throw new IOException("the server closed the connection");
                }
                if (read != '\r') {
                    line.append((char) read);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
