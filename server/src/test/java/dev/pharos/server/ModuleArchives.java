// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Software modules in the catalogue of a server: one shell script, which starts by itself.
final class ModuleArchives {
    private ModuleArchives() {}

    static byte[] hello(String version, String script) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : new TreeMap<>(Map.of(
                            "main.sh",
                            script,
                            "pharos-unit.properties",
                            "name=hello\nvendor=example.org\nversion=" + version + "\nunits=main\n"
                                    + "main.command=/bin/sh\nmain.argument.1=main.sh\nmain.autostart=true\n"))
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /// @param more what is said of it beside who it is
    static Answer send(Rest rest, String version, byte[] archive, String more)
            throws IOException, InterruptedException {
        return Images.send(
                rest,
                "/api/v1/modules?name=hello&vendor=example.org&version=" + version + "&fileName=hello.zip" + more,
                archive);
    }

    static long upload(Rest rest, String version, String script, String more) throws IOException, InterruptedException {
        Answer answer = send(rest, version, hello(version, script), more);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json().get("id").asLong();
    }
}
