// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.kind;

import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Kinds;
import dev.pharos.server.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The kinds of devices that a server knows: those that ship with it, and then those in the files of a folder, in the
/// order of their names, which so count more. Thread-safe.
public final class KindShelf {
    private static final List<String> SHIPPED = List.of("tr-098.yaml", "shipped.yaml");
    private static final String ENDING = ".yaml";

    private final Path folder;
    private final Consumer<Kinds> users;
    private volatile Kinds kinds = Kinds.NONE;

    private KindShelf(Path folder, Consumer<Kinds> users) {
        this.folder = folder;
        this.users = users;
    }

    /// @param folder of the operator's files; it need not be there
    /// @param users told of all kinds, now and whenever they are read again
    /// @throws KindFileException where a file of the operator cannot be used
    public static KindShelf open(Path folder, Consumer<Kinds> users) throws KindFileException {
        KindShelf shelf = new KindShelf(folder, users);
        shelf.readAgain();
        return shelf;
    }

    /// Those that are in use.
    public Kinds kinds() {
        return kinds;
    }

    /// Reads all files again. What is in use stays where one of them cannot be used.
    ///
    /// @throws KindFileException which, where, and why
    public synchronized Kinds readAgain() throws KindFileException {
        List<Kind> all = new ArrayList<>();
        for (String shipped : SHIPPED) {
            all.addAll(read(shipped, shipped(shipped)));
        }
        for (Path file : files()) {
            all.addAll(read(file.getFileName().toString(), text(file)));
        }
        if (all.size() > dev.pharos.controller.kind.Limits.KINDS) {
            throw new KindFileException(
                    folder.toString(),
                    "these are " + all.size() + " kinds; " + dev.pharos.controller.kind.Limits.KINDS
                            + " at most are used");
        }
        kinds = new Kinds(all);
        users.accept(kinds);
        return kinds;
    }

    private static String shipped(String name) {
        try (InputStream in = Objects.requireNonNull(KindShelf.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new IllegalStateException("our own jar cannot be read", damaged);
        }
    }

    private List<Path> files() throws KindFileException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(each -> each.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .limit(Limits.FILES + 1L)
                    .toList();
            if (files.size() > Limits.FILES) {
                throw new KindFileException(folder.toString(), "more than " + Limits.FILES + " files are in it");
            }
            return files;
        } catch (IOException denied) {
            throw new KindFileException(folder.toString(), "the folder cannot be read");
        }
    }

    private static String text(Path file) throws KindFileException {
        String name = file.getFileName().toString();
        try {
            if (Files.size(file) > Limits.FILE_BYTES) {
                throw new KindFileException(name, "it is larger than " + Limits.FILE_BYTES + " bytes");
            }
            return Files.readString(file);
        } catch (CharacterCodingException otherCharset) {
            throw new KindFileException(name, "it is not in UTF-8");
        } catch (IOException denied) {
            throw new KindFileException(name, "it cannot be read");
        }
    }

    private static List<Kind> read(String name, String text) throws KindFileException {
        try {
            return KindFile.read(name, text);
        } catch (YamlException wrong) {
            throw new KindFileException(name + ":" + wrong.line(), wrong.reason());
        }
    }
}
