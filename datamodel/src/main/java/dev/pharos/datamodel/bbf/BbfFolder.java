// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.bbf.BbfFile.Import;
import dev.pharos.datamodel.bbf.BbfFile.Kind;
import dev.pharos.datamodel.format.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of one folder, read when another one imports from them.
final class BbfFolder {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.xml");
    private static final Pattern NUMBERS = Pattern.compile("tr-[0-9]+(?:-[0-9]+)*");
    private static final Pattern LABELLED = Pattern.compile("(tr-[0-9]+(?:-[0-9]+)*)(-[A-Za-z][A-Za-z0-9-]*)?\\.xml");

    private final Path folder;
    private final Map<String, BbfFile> files = new HashMap<>();

    BbfFolder(Path folder) {
        this.folder = folder;
    }

    /// Something found, with the file whose names it uses.
    record Found(BbfFile file, XmlElement element) {}

    BbfFile read(Path path) throws IOException, ModelFormatException {
        String name = String.valueOf(path.getFileName());
        BbfFile known = files.get(name);
        if (known != null) {
            return known;
        }
        if (files.size() >= Limits.XML_IMPORTS) {
            throw new ModelFormatException(name, 0, "more than " + Limits.XML_IMPORTS + " files");
        }
        try (InputStream stream = Files.newInputStream(path)) {
            BbfFile file = new BbfFile(XmlSource.read(stream, name));
            files.put(name, file);
            return file;
        }
    }

    /// What this name means in this file.
    ///
    /// @param user for the place of the fault
    Found find(BbfFile file, Kind kind, String name, XmlElement user) throws IOException, ModelFormatException {
        BbfFile place = file;
        String wanted = name;
        for (int hops = 0; hops <= Limits.XML_IMPORTS; hops++) {
            Optional<XmlElement> defined = place.defined(kind, wanted);
            if (defined.isPresent()) {
                return new Found(place, defined.get());
            }
            Optional<Import> imported = place.imported(kind, wanted);
            if (imported.isEmpty()) {
                Optional<Found> anywhere = anywhere(place, kind, wanted);
                if (anywhere.isPresent()) {
                    return anywhere.get();
                }
                throw user.wrong("nothing defines the " + kind.element + " " + wanted);
            }
            place = imported(imported.get().file());
            wanted = imported.get().name();
        }
        throw user.wrong("imports go in a circle: " + kind.element + " " + name);
    }

    /// Some published files use names that they forgot to import, though they import others from the same
    /// file.
    private Optional<Found> anywhere(BbfFile user, Kind kind, String name) throws IOException, ModelFormatException {
        Set<BbfFile> seen = new LinkedHashSet<>(List.of(user));
        Deque<BbfFile> waiting = new ArrayDeque<>(seen);
        for (BbfFile file = waiting.poll(); file != null; file = waiting.poll()) {
            for (XmlElement from : file.root.all("import")) {
                if (from.children.isEmpty()) {
                    continue; // names nothing, such as a bibliography
                }
                BbfFile other = imported(from);
                Optional<XmlElement> defined = other.defined(kind, name);
                if (defined.isPresent()) {
                    return Optional.of(new Found(other, defined.get()));
                }
                if (seen.add(other)) {
                    waiting.add(other);
                }
            }
        }
        return Optional.empty();
    }

    private BbfFile imported(XmlElement from) throws IOException, ModelFormatException {
        String name = from.required("file");
        if (!FILE_NAME.matcher(name).matches()) {
            throw from.wrong("not the name of a file beside this one: " + name);
        }
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            path = newest(name, from.attribute("spec").orElse(""))
                    .orElseThrow(() -> from.wrong("needs the file " + name + " in the same folder"));
        }
        return read(path);
    }

    /// The file with the highest corrigendum number: files are published as `tr-181-2-16-0-wifi.xml` and
    /// imported as `tr-181-2-wifi.xml` of the specification `…:tr-181-2-16-wifi`.
    private Optional<Path> newest(String name, String spec) throws IOException {
        Matcher named = LABELLED.matcher(name);
        if (!named.matches()) {
            return Optional.empty();
        }
        String label = named.group(2) == null ? "" : named.group(2);
        Matcher numbers = NUMBERS.matcher(spec.substring(spec.lastIndexOf(':') + 1));
        String version = numbers.lookingAt() ? numbers.group() : named.group(1);
        Path exact = folder.resolve(version + label + ".xml");
        if (Files.isRegularFile(exact)) {
            return Optional.of(exact);
        }
        Pattern versioned = Pattern.compile(Pattern.quote(version) + "-([0-9]{1,6})" + Pattern.quote(label) + "\\.xml");
        Path best = null;
        int bestNumber = -1;
        try (Stream<Path> names = Files.list(folder)) {
            for (Path candidate : (Iterable<Path>) names::iterator) {
                Matcher corrigendum = versioned.matcher(String.valueOf(candidate.getFileName()));
                if (corrigendum.matches() && Integer.parseInt(corrigendum.group(1)) > bestNumber) {
                    bestNumber = Integer.parseInt(corrigendum.group(1));
                    best = candidate;
                }
            }
        }
        return Optional.ofNullable(best);
    }
}
