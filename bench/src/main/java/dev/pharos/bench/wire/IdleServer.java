// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that holds idle connections, `ours` or `bare`, and says its resident memory when asked.
public final class IdleServer {
    private IdleServer() {}

    public static void main(String[] arguments) throws Exception {
        boolean ours = arguments[0].equals("ours");
        try (AutoCloseable server = ours ? new OurEchoServer() : new BareEchoServer()) {
            System.out.println(server instanceof OurEchoServer our ? our.port() : ((BareEchoServer) server).port());
            BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (asked.readLine() != null) {
                for (int i = 0; i < 3; i++) {
                    System.gc();
                    Thread.sleep(200);
                }
                System.out.println(residentKib());
            }
        }
    }

    private static long residentKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status has no VmRSS");
    }
}
