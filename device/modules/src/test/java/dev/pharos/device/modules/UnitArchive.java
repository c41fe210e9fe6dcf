// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A deployment unit with one shell script, as a tar.gz.
final class UnitArchive {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder manifest = new StringBuilder();

    private UnitArchive() {}

    static UnitArchive of(String version, String script) {
        UnitArchive archive = new UnitArchive();
        archive.files.put("bin/main.sh", ("#!/bin/sh\n" + script).getBytes(StandardCharsets.UTF_8));
        archive.manifest
                .append("name=hello\nvendor=example.org\nversion=")
                .append(version)
                .append("\nunits=main\nmain.command=bin/main.sh\n");
        return archive;
    }

    UnitArchive saying(String line) {
        manifest.append(line).append('\n');
        return this;
    }

    UnitArchive holding(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    byte[] bytes() throws IOException {
        files.put("pharos-unit.properties", manifest.toString().getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(file.getKey().endsWith(".sh") ? 0100755 : 0100644);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
