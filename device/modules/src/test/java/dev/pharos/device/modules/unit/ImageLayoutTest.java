// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.device.modules.unit.ImageArchive.Tarred;
import dev.pharos.device.modules.unit.UnitFormatException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// OCI images as registries and attackers make them.
final class ImageLayoutTest {
    private static final long MOST = 1 << 20;

    @TempDir
    Path folder;

    private Path unit() {
        return folder.resolve("unit");
    }

    private Path root(String name) {
        return unit().resolve(Image.ROOT).resolve(name);
    }

    private void lay(byte[] archive, Platform platform) throws Exception {
        Archive.unpack(Files.write(folder.resolve("archive"), archive), unit(), 8 * MOST);
        assertThat(ImageLayout.isOne(unit())).isTrue();
        ImageLayout.lay(unit(), MOST, platform);
    }

    private void lay(ImageArchive image) throws Exception {
        lay(image.bytes(), Platform.here());
    }

    private void refused(byte[] archive, String why) {
        assertThatThrownBy(() -> lay(archive, Platform.here()))
                .isInstanceOf(UnitFormatException.class)
                .hasMessageContaining(why);
    }

    private static ImageArchive image(Tarred... layers) {
        ImageArchive image = ImageArchive.of("1.0", "exit 0");
        for (Tarred layer : layers) {
            image.layer(layer);
        }
        return image;
    }

    @Test
    void layers_come_over_each_other_and_nothing_else_is_left() throws Exception {
        lay(image(
                new Tarred()
                        .folder("./etc")
                        .text("./etc/kept", "below")
                        .text("./etc/changed", "below")
                        .text("etc/gone", "below")
                        .text("opt/a/old", "below")
                        .text("opt/b/old", "below")
                        .file("bin/tool", "#!".getBytes(StandardCharsets.UTF_8), 04755)
                        .hard("bin/twin", "bin/tool")
                        .symbolic("bin/link", "/bin/tool")
                        .symbolic("sbin", "bin")
                        .special("dev/null", TarConstants.LF_CHR, ""),
                new Tarred()
                        .text("etc/changed", "above")
                        .text("etc/.wh.gone", "")
                        .text("opt/a/new", "above")
                        .text("opt/a/.wh..wh..opq", "")
                        .text("opt/.wh.b", "")
                        .text("nothing/there/.wh.x", "")
                        .text("bin/tool", "other"),
                new Tarred().text("opt/b/again", "third")));
        assertThat(root("etc/kept")).hasContent("below");
        assertThat(root("etc/changed")).hasContent("above");
        assertThat(root("etc/gone")).doesNotExist();
        assertThat(root("opt/a/old")).doesNotExist();
        assertThat(root("opt/a/new")).hasContent("above");
        assertThat(root("opt/b/old")).doesNotExist();
        assertThat(root("opt/b/again")).hasContent("third");
        assertThat(root("nothing")).doesNotExist();
        assertThat(root("bin/twin"))
                .as("what a later layer replaces is another file")
                .hasContent("#!");
        assertThat(Files.getAttribute(root("bin/twin"), "unix:mode")).isEqualTo(0100755);
        assertThat(Files.readSymbolicLink(root("bin/link"))).isEqualTo(Path.of("/bin/tool"));
        assertThat(root("sbin")).isSymbolicLink();
        assertThat(root("dev")).isEmptyDirectory();
        assertThat(root("data")).isEmptyDirectory();
        assertThat(root("etc/resolv.conf")).isEmptyFile();
        try (Stream<Path> left = Files.list(unit())) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder(Image.ROOT, Image.FILE);
        }
    }

    @Test
    void what_an_image_says_of_itself_is_a_manifest_with_one_unit() throws Exception {
        lay(image(new Tarred().text("a", ""))
                .saying("org.opencontainers.image.description", "Says\nhello " + "x".repeat(400))
                .saying("dev.pharos.unit.memory", "4096")
                .saying("dev.pharos.unit.processes", "12")
                .saying("dev.pharos.unit.autostart", "true")
                .saying("some.other", "label")
                .running(config -> {
                    config.put("WorkingDir", "/srv").put("StopSignal", "QUIT").put("User", "1000:1000");
                    config.putArray("Cmd").add(" a b ");
                    config.putArray("Env").add("WHO=you=me").add("EMPTY=");
                    config.putObject("Volumes").putObject("/var/lib/hello/");
                }));
        Image image = ImageReader.read(unit());
        Manifest manifest = image.manifest();
        assertThat(manifest.name()).isEqualTo("hello");
        assertThat(manifest.vendor()).isEqualTo("example.org");
        assertThat(manifest.version()).isEqualTo("1.0");
        assertThat(manifest.description()).startsWith("Says hello x").hasSize(256);
        assertThat(manifest.units()).singleElement().satisfies(unit -> {
            assertThat(unit.command()).containsExactly("/bin/sh", "-c", "exit 0", " a b ");
            assertThat(unit.environment()).containsEntry("WHO", "you=me").containsEntry("EMPTY", "");
            assertThat(unit.bounds()).isEqualTo(new Bounds(4096, -1, 12, -1));
            assertThat(unit.autoStart()).isTrue();
        });
        assertThat(image.folder()).isEqualTo("/srv");
        assertThat(image.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(image.user()).isEqualTo("1000:1000");
        assertThat(image.volumes()).containsExactly("/var/lib/hello");
        assertThat(root("var/lib/hello")).isEmptyDirectory();
    }

    @Test
    void layers_may_be_packed_by_zstd_in_several_frames_with_others_to_skip() throws Exception {
        lay(image(new Tarred().text("a", "1").file("large", new byte[300_000], 0644), new Tarred().text("b", "2"))
                .byZstd());
        assertThat(root("a")).hasContent("1");
        assertThat(root("b")).hasContent("2");
        assertThat(root("large")).hasSize(300_000);
    }

    @Test
    void a_layer_by_zstd_that_is_no_such_or_cut_or_damaged_is_refused() throws Exception {
        byte[] whole = ImageArchive.zstd(new Tarred().text("a", "1").bytes());
        byte[] damaged = whole.clone();
        damaged[20] ^= 0x55;
        for (byte[] layer : List.of(
                "no zstd".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(whole, 3),
                Arrays.copyOf(whole, 30),
                Arrays.copyOf(whole, whole.length - 9),
                damaged)) {
            Map<String, byte[]> other = new LinkedHashMap<>();
            ObjectNode descriptor = ImageArchive.blob(other, ImageArchive.LAYER + "+zstd", layer);
            Map<String, byte[]> files = image(new Tarred().text("a", "1"))
                    .manifest(manifest -> manifest.putArray("layers").add(descriptor))
                    .files();
            files.putAll(other);
            refused(ImageArchive.archive(files), "damaged");
            FileTree.remove(unit());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0",
        "redis, 999, 998",
        "999, 999, 998",
        "redis:logs, 999, 4",
        "redis:12, 999, 12",
        "1234, 1234, 0",
        "1234:1235, 1234, 1235",
        "1234:logs, 1234, 4",
        "root, 0, 0"
    })
    void who_the_program_is_stands_in_the_image(String user, long uid, long gid) throws Exception {
        lay(image(users()).running(config -> config.put("User", user)));
        assertThat(ImageUser.of(root(""), ImageReader.read(unit()).user())).isEqualTo(new ImageUser(uid, gid));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody|nobody is not in /etc/passwd of the image",
                "redis:nobody|nobody is not in /etc/group of the image",
                "2147483646|not a number from 0 to 2147483645",
                "9999999999|not a number from 0 to 2147483645",
                "broken|not a number from 0 to 2147483645: x",
                "a b|neither a user nor user:group",
                "redis:|neither a user nor user:group",
                "-1|neither a user nor user:group",
            })
    void a_user_whom_the_image_does_not_know_or_who_can_be_nobody_is_refused(String user, String why) {
        refused(image(users()).running(config -> config.put("User", user)).bytes(), why);
    }

    @Test
    void users_behind_a_link_are_not_looked_up() {
        refused(
                image(new Tarred().symbolic("etc/passwd", "/other").text("other", "redis:x:999:998\n"))
                        .running(config -> config.put("User", "redis"))
                        .bytes(),
                "redis is not in /etc/passwd of the image");
    }

    private static Tarred users() {
        return new Tarred()
                .text(
                        "etc/passwd",
                        "root:x:0:0:root:/root:/bin/sh\nshort:x\n\nredis:x:999:998::/:/bin/false\nbroken:x:x:0::/:\n")
                .text("etc/group", "root:x:0:\nlogs:x:4:redis\n");
    }

    static Stream<Arguments> hostileLayers() {
        return Stream.of(
                Arguments.of(new Tarred().text("../evil", ""), "outside"),
                Arguments.of(new Tarred().text("/evil", ""), "outside"),
                Arguments.of(new Tarred().text("a/../../evil", ""), "outside"),
                Arguments.of(new Tarred().symbolic("a", "../evil"), "outside"),
                Arguments.of(new Tarred().symbolic("a/b", "x/../../../evil"), "outside"),
                Arguments.of(new Tarred().symbolic("a", "/../evil"), "outside"),
                Arguments.of(new Tarred().symbolic("a", ""), "outside"),
                Arguments.of(new Tarred().symbolic("a", "/tmp").text("a/evil", ""), "no folder"),
                Arguments.of(new Tarred().symbolic("etc", "/tmp"), "no folder: /etc/resolv.conf"),
                Arguments.of(new Tarred().symbolic("a", "/tmp").text("a/.wh.evil", ""), "no folder"),
                Arguments.of(new Tarred().hard("a", "../../evil"), "outside"),
                Arguments.of(new Tarred().hard("a", "nowhere"), "nowhere"),
                Arguments.of(new Tarred().symbolic("a", "/etc").hard("b", "a/passwd"), "nowhere"),
                Arguments.of(new Tarred().folder("a").hard("b", "a"), "nowhere"),
                Arguments.of(new Tarred().hard("a", "/"), "nowhere"),
                Arguments.of(new Tarred().text("a", "1").text("a", "2"), "twice"),
                Arguments.of(new Tarred().text("a/b", "1").text("a", "2"), "twice"),
                Arguments.of(new Tarred().text("a", "1").folder("a"), "twice"),
                Arguments.of(new Tarred().text(".wh.", ""), "hides nothing"),
                Arguments.of(new Tarred().text(".wh...", ""), "hides nothing"),
                Arguments.of(new Tarred().special("disk", TarConstants.LF_BLK, ""), "device"),
                Arguments.of(new Tarred().special("pipe", TarConstants.LF_FIFO, ""), "device"),
                Arguments.of(new Tarred().special("holes", TarConstants.LF_GNUTYPE_SPARSE, ""), "neither file"),
                Arguments.of(new Tarred().longName(1 << 20), "names and attributes"),
                Arguments.of(new Tarred().text("a/".repeat(70) + "b", ""), "folders deep"),
                Arguments.of(new Tarred().text("x".repeat(1100), ""), "outside"));
    }

    @ParameterizedTest
    @MethodSource("hostileLayers")
    void a_layer_with_what_must_not_be_on_the_disk_is_refused(Tarred layer, String why) throws Exception {
        byte[] archive = image(new Tarred().text("below", ""), layer).bytes();
        refused(archive, why);
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(unit().resolve("evil")).doesNotExist();
        assertThat(Path.of("/tmp/evil")).doesNotExist();
    }

    @Test
    void what_unpacks_to_more_than_it_may_is_refused_before_the_disk_is_full() throws Exception {
        byte[] archive = image(
                        new Tarred().file("a", new byte[(int) MOST / 2], 0644).file("b", new byte[(int) MOST], 0644))
                .bytes();
        assertThat(archive).hasSizeLessThan((int) MOST / 10);
        assertThatThrownBy(() -> lay(archive, Platform.here()))
                .isInstanceOfSatisfying(
                        UnitFormatException.class,
                        wrong -> assertThat(wrong.kind()).isEqualTo(Kind.TOO_LARGE));
        try (Stream<Path> all = Files.walk(unit().resolve(Image.ROOT))) {
            assertThat(all.filter(Files::isRegularFile)
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThanOrEqualTo(MOST);
        }
    }

    /// Changes one file of a layout that begins with this.
    private static byte[] with(Map<String, byte[]> files, String kind, Consumer<byte[]> change) throws IOException {
        Map<String, byte[]> changed = new LinkedHashMap<>(files);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String text = new String(file.getValue(), StandardCharsets.ISO_8859_1);
            if (text.startsWith(kind)) {
                byte[] copy = file.getValue().clone();
                change.accept(copy);
                changed.put(file.getKey(), copy);
            }
        }
        return ImageArchive.archive(changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"schemaVersion\":2,\"config\"", "{\"architecture\"", "\u001f\u008b"})
    void a_part_that_is_not_what_its_digest_says_is_refused(String part) throws Exception {
        byte[] archive = with(
                image(new Tarred().text("a", "text")).files(),
                part,
                // in the time of a gzip, which nothing looks at, or a blank that JSON does not mind
                bytes -> bytes[part.startsWith("{") ? bytes.length - 1 : 4] ^= 1);
        refused(archive, "its digest is sha256:");
    }

    @Test
    void parts_that_are_missing_cut_or_longer_than_they_say_are_refused() throws Exception {
        Map<String, byte[]> files = image(new Tarred().text("a", "text")).files();
        String layer = files.keySet().stream()
                .filter(name -> name.startsWith("blobs/"))
                .findFirst()
                .orElseThrow();
        Map<String, byte[]> without = new LinkedHashMap<>(files);
        without.remove(layer);
        refused(ImageArchive.archive(without), "not in the archive");
        FileTree.remove(unit());
        Map<String, byte[]> longer = new LinkedHashMap<>(files);
        longer.put(layer, new byte[100_000]);
        refused(ImageArchive.archive(longer), "bytes, and should have");
        FileTree.remove(unit());
        Map<String, byte[]> plain = new LinkedHashMap<>(files);
        plain.remove("index.json");
        refused(ImageArchive.archive(plain), "there is no index.json");
    }

    @Test
    void a_tar_that_is_not_the_one_that_the_configuration_knows_is_refused() throws Exception {
        Map<String, byte[]> other = new LinkedHashMap<>();
        ObjectNode descriptor = ImageArchive.blob(
                other,
                ImageArchive.LAYER + "+gzip",
                ImageArchive.gzip(new Tarred().text("b", "2").bytes()));
        Map<String, byte[]> files = image(new Tarred().text("a", "1"))
                .manifest(manifest -> manifest.putArray("layers").add(descriptor))
                .files();
        files.putAll(other);
        refused(ImageArchive.archive(files), "layer 1, unpacked: its digest is");
    }

    @Test
    void what_cannot_be_unpacked_here_is_named() throws Exception {
        refused(
                image(new Tarred().text("a", ""))
                        .manifest(manifest -> ((ObjectNode)
                                        manifest.path("layers").path(0))
                                .put("mediaType", ImageArchive.LAYER + "+xz"))
                        .bytes(),
                "neither tar nor tar with gzip or zstd: " + ImageArchive.LAYER + "+xz");
        FileTree.remove(unit());
        refused(
                image(new Tarred().text("a", ""))
                        .manifest(manifest -> manifest.putArray("layers"))
                        .bytes(),
                "0 layers, of which the configuration knows 1");
        FileTree.remove(unit());
        refused(
                image(new Tarred().text("a", ""))
                        .manifest(manifest -> ((ObjectNode) manifest.path("config"))
                                .put("mediaType", "application/vnd.cncf.helm.config.v1+json"))
                        .bytes(),
                "not an image to run");
    }

    @Test
    void an_image_for_other_processors_is_for_elsewhere_unless_one_only_looks() throws Exception {
        byte[] foreign =
                image(new Tarred().text("a", "")).forArchitecture("sparc").bytes();
        assertThatThrownBy(() -> lay(foreign, Platform.here()))
                .hasMessageContaining("linux/sparc")
                .isInstanceOfSatisfying(
                        UnitFormatException.class,
                        wrong -> assertThat(wrong.kind()).isEqualTo(Kind.ELSEWHERE));
        FileTree.remove(unit());
        lay(foreign, Platform.ANY);
        assertThat(ArchiveFacts.of(folder.resolve("archive")))
                .isEqualTo(new ArchiveFacts("hello", "example.org", "1.0"));
    }

    @Test
    void of_an_index_for_many_processors_the_one_for_this_host_is_taken() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        ObjectNode inner = ImageArchive.MAPPER.createObjectNode();
        inner.put("schemaVersion", 2);
        for (String architecture : List.of("sparc", Platform.here().architecture())) {
            Map<String, byte[]> one = image(new Tarred().text("for", architecture))
                    .forArchitecture(architecture)
                    .files();
            ObjectNode descriptor = (ObjectNode) ImageArchive.MAPPER
                    .readTree(one.get("index.json"))
                    .path("manifests")
                    .path(0);
            descriptor.putObject("platform").put("os", "linux").put("architecture", architecture);
            inner.withArray("manifests").add(descriptor);
            files.putAll(one);
        }
        ObjectNode outer = ImageArchive.MAPPER.createObjectNode();
        ObjectNode nested = ImageArchive.blob(
                files, "application/vnd.oci.image.index.v1+json", ImageArchive.MAPPER.writeValueAsBytes(inner));
        nested.putObject("annotations").put("org.opencontainers.image.ref.name", "latest");
        outer.putArray("manifests").add(nested);
        files.put("index.json", ImageArchive.MAPPER.writeValueAsBytes(outer));
        lay(ImageArchive.archive(files), Platform.here());
        assertThat(root("for")).hasContent(Platform.here().architecture());
        FileTree.remove(unit());
        outer.putArray("manifests").add(nested).add(nested);
        files.put("index.json", ImageArchive.MAPPER.writeValueAsBytes(outer));
        refused(ImageArchive.archive(files), "2 images are in it");
        FileTree.remove(unit());
        outer.putArray("manifests");
        files.put("index.json", ImageArchive.MAPPER.writeValueAsBytes(outer));
        refused(ImageArchive.archive(files), "no image for " + Platform.here());
    }

    static Stream<Arguments> odd() {
        return Stream.of(
                said(
                        image -> image.saying("org.opencontainers.image.vendor", ""),
                        "org.opencontainers.image.vendor is"),
                said(
                        image -> image.saying("org.opencontainers.image.vendor", "Some People, Inc."),
                        "org.opencontainers.image.vendor: it cannot be Some People, Inc."),
                said(
                        image -> image.saying("org.opencontainers.image.version", "no version"),
                        "image.version: it cannot"),
                said(image -> image.saying("dev.pharos.unit.memory", "much"), "dev.pharos.unit.memory: not a number"),
                said(image -> image.saying("dev.pharos.unit.command", "/bin/x"), "dev.pharos.unit.command: no key"),
                said(image -> image.running(config -> config.remove("Entrypoint")), "says no program"),
                said(image -> image.running(config -> config.put("Entrypoint", "text")), "Entrypoint: no list"),
                said(
                        image -> image.running(config -> config.putArray("Env").add("no variable")),
                        "Env: not a variable"),
                said(
                        image -> image.running(config -> config.put("WorkingDir", "here")),
                        "WorkingDir: not a whole path"),
                said(image -> image.running(config -> config.put("WorkingDir", "/a/../..")), "outside"),
                said(image -> image.running(config -> config.put("StopSignal", "now!")), "StopSignal: not a signal"),
                said(
                        image -> image.running(
                                config -> config.putObject("Volumes").putObject("/proc/x")),
                        "Volumes: it cannot be /proc/x"),
                said(
                        image -> image.running(
                                config -> config.putObject("Volumes").putObject("/")),
                        "Volumes: it cannot be /"),
                said(
                        image -> image.running(
                                config -> config.putObject("Volumes").putObject("/link/x")),
                        "no folder: /link/x"));
    }

    private static Arguments said(Consumer<ImageArchive> change, String why) {
        return Arguments.of(change, why);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void an_image_that_says_of_itself_what_cannot_be_is_refused(Consumer<ImageArchive> change, String why) {
        ImageArchive image = image(new Tarred().symbolic("link", "/tmp"));
        change.accept(image);
        refused(image.bytes(), why);
    }

    @Test
    void mount_places_make_room_for_themselves_and_no_link_is_followed() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        lay(image(new Tarred()
                .symbolic("data", "/tmp")
                .symbolic("run", "/var/run")
                .symbolic("etc/resolv.conf", "/x")));
        assertThat(Files.isDirectory(root("data"), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(Files.isDirectory(root("run"), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(Files.isRegularFile(root("etc/resolv.conf"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void names_of_processors_are_those_of_images() {
        byte[] header = new byte[20];
        System.arraycopy(new byte[] {0x7F, 'E', 'L', 'F', 2, 1}, 0, header, 0, 6);
        header[18] = (byte) 183;
        assertThat(Platform.of(header)).isEqualTo(new Platform("arm64"));
        header[18] = 62;
        assertThat(Platform.of(header)).isEqualTo(new Platform("amd64"));
        header[18] = 99;
        assertThat(Platform.of(header)).isEqualTo(new Platform("machine 99"));
        header[5] = 2;
        header[18] = 0;
        header[19] = 22;
        assertThat(Platform.of(header)).isEqualTo(new Platform("s390x"));
        assertThat(Platform.of(new byte[4])).isEqualTo(new Platform("unknown"));
    }
}
