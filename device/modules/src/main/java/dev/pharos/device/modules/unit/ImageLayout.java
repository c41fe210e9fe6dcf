// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules.unit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An OCI image layout, as `skopeo copy … oci-archive:` writes it: an index, and everything else by its
/// digest. Each part must be what the part that names it says. Used once.
public final class ImageLayout {
    private static final String MARK = "oci-layout";
    private static final String INDEX = "index.json";
    private static final String BLOBS = "blobs";
    private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";
    private static final String GZIP = "+gzip";
    private static final String ZSTD = "+zstd";

    private final Path folder;
    private final Platform platform;

    private ImageLayout(Path folder, Platform platform) {
        this.folder = folder;
        this.platform = platform;
    }

    /// Whether an unpacked archive is one.
    public static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(MARK));
    }

    /// Makes of an unpacked archive what a container is started from: the root folder, and what the image
    /// says of itself ([ImageReader]); nothing else is left. Returns when all of it is on the disk. Whoever
    /// catches one of the exceptions removes the folder.
    ///
    /// @param most bytes that may come out of its layers
    /// @param platform which image is meant, where there are several
    /// @throws UnitFormatException where it cannot be
    public static void lay(Path folder, long most, Platform platform)
            throws IOException, UnitFormatException, InterruptedException {
        new ImageLayout(folder, platform).lay(most);
    }

    /// An image that may be meant.
    private record Found(JsonNode manifest, Map<String, String> annotations) {}

    private void lay(long most) throws IOException, UnitFormatException, InterruptedException {
        String version = ImageJson.file(folder, MARK).path("imageLayoutVersion").asString("");
        if (!version.startsWith("1.")) {
            throw new UnitFormatException(MARK + ": version " + Archive.shown(version) + ", and 1 is known here");
        }
        Found found = meant();
        JsonNode manifest = found.manifest();
        Descriptor described = Descriptor.of(manifest.path("config"), "configuration");
        if (!described.mediaType().equals(CONFIG_TYPE)) {
            throw new UnitFormatException("not an image to run, but " + Archive.shown(described.mediaType()));
        }
        JsonNode config = ImageJson.parse(described.document(folder, "configuration"), "configuration");
        platform.mustRun(config);
        Map<String, String> said =
                new TreeMap<>(ImageJson.texts(config.path("config").path("Labels")));
        said.putAll(found.annotations());
        ObjectNode kept = ImageJson.MAPPER.createObjectNode();
        ObjectNode annotations = kept.putObject("annotations");
        said.forEach(annotations::put);
        kept.set("config", config.path("config").isObject() ? config.path("config") : kept.objectNode());
        Files.write(folder.resolve(Image.FILE), ImageJson.MAPPER.writeValueAsBytes(kept));
        // before the layers, which are large
        Image image = ImageReader.read(folder);
        RootFolder root = RootFolder.at(folder.resolve(Image.ROOT), most);
        layers(manifest, config, root);
        for (String place : Image.FOLDERS) {
            root.mountFolder(place);
        }
        root.mountFile(Image.RESOLVER);
        for (String place : image.volumes()) {
            root.mountFolder(place);
        }
        // fails where the image does not know its own user
        ImageUser _ = ImageUser.of(folder.resolve(Image.ROOT), image.user());
        root.finish();
        FileTree.remove(folder.resolve(BLOBS));
        Files.delete(folder.resolve(INDEX));
        Files.delete(folder.resolve(MARK));
        onlyThat();
        Budget.onDisk(List.of(folder));
    }

    /// What else was in the archive is nothing of the image.
    private void onlyThat() throws IOException {
        List<Path> strange;
        try (var all = Files.list(folder)) {
            strange = all.filter(one -> !one.endsWith(Image.ROOT) && !one.endsWith(Image.FILE))
                    .toList();
        }
        for (Path one : strange) {
            FileTree.remove(one);
        }
    }

    private Found meant() throws IOException, UnitFormatException {
        List<Found> found = new ArrayList<>();
        JsonNode index = ImageJson.file(folder, INDEX);
        for (JsonNode each : index.path("manifests")) {
            find(each, INDEX, 1, found);
        }
        if (found.isEmpty()) {
            throw new UnitFormatException("no image for " + platform + " is in it");
        }
        if (found.size() > 1) {
            throw new UnitFormatException(found.size() + " images are in it, and nothing says which is meant");
        }
        return found.getFirst();
    }

    /// Of an index within another one image is meant, the first that can be.
    private boolean find(JsonNode node, String where, int depth, List<Found> found)
            throws IOException, UnitFormatException {
        Descriptor described = Descriptor.of(node, where);
        JsonNode wanted = node.path("platform");
        if (wanted.isObject() && !platform.is(wanted)) {
            return false;
        }
        if (!described.mediaType().equals(INDEX_TYPE)) {
            if (!described.mediaType().equals(MANIFEST_TYPE)) {
                return false;
            }
            JsonNode manifest = ImageJson.parse(described.document(folder, "manifest"), "manifest");
            Map<String, String> annotations = new TreeMap<>(ImageJson.texts(manifest.path("annotations")));
            annotations.putAll(described.annotations());
            found.add(new Found(manifest, annotations));
            return true;
        }
        if (depth >= Limits.INDEXES) {
            throw new UnitFormatException("indexes in indexes, more than " + Limits.INDEXES + " deep");
        }
        JsonNode index = ImageJson.parse(described.document(folder, "index"), "index");
        for (JsonNode each : index.path("manifests")) {
            if (find(each, "index", depth + 1, found)) {
                return true;
            }
        }
        return false;
    }

    private void layers(JsonNode manifest, JsonNode config, RootFolder root)
            throws IOException, UnitFormatException, InterruptedException {
        JsonNode layers = manifest.path("layers");
        List<String> plain = ImageJson.list(config.path("rootfs").path("diff_ids"), "configuration: diff_ids");
        if (layers.size() > Limits.LAYERS) {
            throw new UnitFormatException("more than " + Limits.LAYERS + " layers");
        }
        if (layers.isEmpty() || layers.size() != plain.size()) {
            throw new UnitFormatException(
                    "manifest: " + layers.size() + " layers, of which the configuration knows " + plain.size());
        }
        for (int i = 0; i < plain.size(); i++) {
            layer(Descriptor.of(layers.path(i), "layer " + (i + 1)), plain.get(i), "layer " + (i + 1), root);
        }
    }

    /// @param plain the digest of its tar
    private void layer(Descriptor layer, String plain, String what, RootFolder root)
            throws IOException, UnitFormatException, InterruptedException {
        if (!Descriptor.isDigest(plain)) {
            throw new UnitFormatException(what + ": no diff_id of sha256 or sha512: " + Archive.shown(plain));
        }
        try (Descriptor.Checked blob = layer.open(folder, what)) {
            InputStream buffered = new BufferedInputStream(blob, Limits.BUFFER);
            InputStream bytes = switch (layer.mediaType()) {
                case LAYER_TYPE -> buffered;
                case LAYER_TYPE + GZIP -> Tar.unzipped(buffered);
                case LAYER_TYPE + ZSTD -> Tar.unpackedZstd(buffered);
                default ->
                    throw new UnitFormatException(
                            what + ": neither tar nor tar with gzip or zstd: " + Archive.shown(layer.mediaType()));
            };
            try (Descriptor.Checked content =
                            new Descriptor.Checked(bytes, Descriptor.hasher(plain), plain, what + ", unpacked");
                    Tar tar = Tar.of(content)) {
                try {
                    root.lay(tar);
                } catch (UnitFormatException wrong) {
                    throw wrong.within(what);
                }
                content.mustBeWhole();
                blob.mustBeWhole();
            }
        }
    }
}
