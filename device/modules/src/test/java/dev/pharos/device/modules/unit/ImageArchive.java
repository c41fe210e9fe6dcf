// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An OCI image as an archive of an image layout, made by hand: as `skopeo copy … oci-archive:` writes it.
public final class ImageArchive {
    public static final JsonMapper MAPPER = JsonMapper.builder().build();
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

    private final List<Tarred> layers = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final ObjectNode config = MAPPER.createObjectNode();
    private String architecture = Platform.here().architecture();
    private String packing = "+gzip";
    private Consumer<ObjectNode> lastWord = _ -> {};

    private ImageArchive() {}

    /// Of version and vendor, with a shell script that is its program; there are no layers yet.
    public static ImageArchive of(String version, String script) {
        ImageArchive archive = new ImageArchive();
        archive.saying("org.opencontainers.image.title", "hello")
                .saying("org.opencontainers.image.vendor", "example.org")
                .saying("org.opencontainers.image.version", version);
        archive.config.putArray("Entrypoint").add("/bin/sh").add("-c").add(script);
        return archive;
    }

    /// With a shell and some programs of this host, and what they need.
    public static ImageArchive withPrograms(String version, String script) throws IOException, InterruptedException {
        Tarred programs = new Tarred();
        Set<String> libraries = new TreeSet<>();
        for (String name : List.of("sh", "sleep", "cat", "id", "touch", "head", "tail")) {
            Path program = Path.of(Files.exists(Path.of("/bin", name)) ? "/bin" : "/usr/bin", name)
                    .toRealPath();
            programs.file("bin/" + name, Files.readAllBytes(program), 0755);
            Process ldd = new ProcessBuilder("ldd", program.toString()).start();
            String said = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            ldd.waitFor(10, TimeUnit.SECONDS);
            for (Matcher matcher = LIBRARY.matcher(said); matcher.find(); ) {
                libraries.add(matcher.group(1));
            }
        }
        for (String library : libraries) {
            programs.file(
                    library.substring(1), Files.readAllBytes(Path.of(library).toRealPath()), 0755);
        }
        return of(version, script).layer(programs);
    }

    public ImageArchive saying(String label, String value) {
        labels.put(label, value);
        return this;
    }

    public ImageArchive layer(Tarred layer) {
        layers.add(layer);
        return this;
    }

    /// Has its layers packed by zstd: in two frames, with one to skip between them and one behind.
    public ImageArchive byZstd() {
        packing = "+zstd";
        return this;
    }

    ImageArchive forArchitecture(String name) {
        architecture = name;
        return this;
    }

    /// Changes the part of the configuration that says what is run.
    public ImageArchive running(Consumer<ObjectNode> change) {
        change.accept(config);
        return this;
    }

    /// Changes the manifest after all of it is written.
    ImageArchive manifest(Consumer<ObjectNode> change) {
        lastWord = change;
        return this;
    }

    /// All files of the layout.
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        ObjectNode whole = MAPPER.createObjectNode();
        whole.put("architecture", architecture).put("os", "linux");
        ObjectNode said = config.deepCopy();
        ObjectNode texts = said.putObject("Labels");
        labels.forEach(texts::put);
        whole.set("config", said);
        ArrayNode plain = whole.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ObjectNode manifest = MAPPER.createObjectNode();
        manifest.put("schemaVersion", 2);
        ArrayNode blobs = MAPPER.createArrayNode();
        for (Tarred layer : layers) {
            plain.add(digest(layer.bytes()));
            byte[] packed = packing.equals("+gzip") ? gzip(layer.bytes()) : zstd(layer.bytes());
            blobs.add(blob(files, LAYER + packing, packed));
        }
        manifest.set(
                "config", blob(files, "application/vnd.oci.image.config.v1+json", MAPPER.writeValueAsBytes(whole)));
        manifest.set("layers", blobs);
        lastWord.accept(manifest);
        ObjectNode index = MAPPER.createObjectNode();
        index.put("schemaVersion", 2);
        index.putArray("manifests")
                .add(blob(files, "application/vnd.oci.image.manifest.v1+json", MAPPER.writeValueAsBytes(manifest)));
        files.put("index.json", MAPPER.writeValueAsBytes(index));
        return files;
    }

    public byte[] bytes() {
        return archive(files());
    }

    static byte[] archive(Map<String, byte[]> files) {
        Tarred tar = new Tarred();
        files.forEach((name, content) -> tar.file(name, content, 0644));
        return tar.bytes();
    }

    /// @return its descriptor
    static ObjectNode blob(Map<String, byte[]> files, String type, byte[] content) {
        String digest = digest(content);
        files.put("blobs/" + digest.replace(':', '/'), content);
        return MAPPER.createObjectNode()
                .put("mediaType", type)
                .put("digest", digest)
                .put("size", content.length);
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return packed.toByteArray();
    }

    static byte[] zstd(byte[] content) {
        int half = content.length / 2;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(frame(Arrays.copyOf(content, half)));
        packed.writeBytes(skippable(70_000));
        packed.writeBytes(frame(Arrays.copyOfRange(content, half, content.length)));
        packed.writeBytes(skippable(0));
        return packed.toByteArray();
    }

    static byte[] frame(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(packed)) {
            out.write(content);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return packed.toByteArray();
    }

    static byte[] skippable(int length) {
        return ByteBuffer.allocate(8 + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184D2A5E)
                .putInt(length)
                .array();
    }

    /// A tar.
    public static final class Tarred {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

        public Tarred() {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }

        private Tarred entry(TarArchiveEntry entry, byte[] content) {
            try {
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            } catch (IOException never) {
                throw new UncheckedIOException(never);
            }
            return this;
        }

        public Tarred file(String name, byte[] content, int mode) {
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setMode(0100000 | mode);
            return entry(entry, content);
        }

        public Tarred text(String name, String content) {
            return file(name, content.getBytes(StandardCharsets.UTF_8), 0644);
        }

        Tarred folder(String name) {
            return entry(new TarArchiveEntry(name + "/", true), new byte[0]);
        }

        Tarred symbolic(String name, String target) {
            return special(name, TarConstants.LF_SYMLINK, target);
        }

        Tarred hard(String name, String target) {
            return special(name, TarConstants.LF_LINK, target);
        }

        Tarred special(String name, byte kind, String target) {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
            entry.setLinkName(target);
            return entry(entry, new byte[0]);
        }

        /// With a name before it that is as long as said, as GNU tar writes long ones.
        Tarred longName(int length) {
            TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            return entry(entry, "x".repeat(length).getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            try {
                tar.close();
            } catch (IOException never) {
                throw new UncheckedIOException(never);
            }
            return bytes.toByteArray();
        }
    }
}
