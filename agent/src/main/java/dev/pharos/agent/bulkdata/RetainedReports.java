// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.format.TypeNames;
import dev.pharos.usp.Frozen;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The reports that could not be delivered, on disk, a file for each profile: it is always the old one or the new one,
/// whole. Nothing is written where nothing has changed. Without a folder they live as long as the process. Thread-safe.
final class RetainedReports {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedReports.class);
    private static final String FOLDER = "bulk-reports";
    private static final int FORMAT = 1;

    private final Optional<Path> folder;
    private final Map<String, Kept> written = new HashMap<>(1);

    /// What is kept of a profile.
    ///
    /// @param encodingType as which they were to be sent
    /// @param reports the oldest first
    record Kept(String encodingType, List<Report> reports) {
        static final Kept NOTHING = new Kept("", List.of());

        Kept {
            reports = Frozen.list(reports);
        }
    }

    RetainedReports(Optional<Path> dataDirectory) {
        this.folder = dataDirectory.map(data -> data.resolve(FOLDER));
    }

    /// What an earlier process has kept. What cannot be read is gone.
    synchronized Kept load(String profile) {
        Kept kept = folder.map(place -> read(file(place, profile))).orElse(Kept.NOTHING);
        written.put(profile, kept);
        return kept;
    }

    /// Keeps what there is now; without reports, nothing.
    ///
    /// @param now empty where what was kept is to stay
    synchronized void keep(String profile, Supplier<Optional<Kept>> now) {
        Optional<Kept> there = folder.isEmpty() ? Optional.empty() : now.get();
        if (there.isEmpty()) {
            return;
        }
        Kept kept = there.get();
        if (kept.reports().equals(written.getOrDefault(profile, Kept.NOTHING).reports())) {
            return;
        }
        Path place = folder.orElseThrow();
        try {
            if (kept.reports().isEmpty()) {
                Files.deleteIfExists(file(place, profile));
            } else {
                write(place, file(place, profile), kept);
            }
            written.put(profile, kept);
        } catch (IOException failed) {
            LOG.warn("the reports of {} that failed are in memory only: {}", profile, failed.toString());
        }
    }

    /// Forgets those of all other profiles.
    synchronized void retainOnly(Set<String> profiles) {
        written.keySet().retainAll(profiles);
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return;
        }
        Set<String> wanted = profiles.stream()
                .map(profile -> file(folder.get(), profile).getFileName().toString())
                .collect(Collectors.toSet());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get())) {
            for (Path file : files) {
                if (!wanted.contains(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException failed) {
            LOG.warn("reports of profiles that are gone stay in {}: {}", folder.get(), failed.toString());
        }
    }

    private static Path file(Path folder, String profile) {
        return folder.resolve(profile.replaceAll("[^0-9]", ""));
    }

    private static void write(Path folder, Path file, Kept kept) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
            out.writeByte(FORMAT);
            text(out, kept.encodingType());
            out.writeInt(kept.reports().size());
            for (Report report : kept.reports()) {
                text(out, report.collected().toString());
                text(out, report.roles());
                out.writeInt(report.values().size());
                for (ReportedValue value : report.values()) {
                    text(out, value.name());
                    text(out, value.value());
                    text(out, value.typeName());
                }
            }
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Kept read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Kept.NOTHING;
            }
            if (Files.size(file) > Limits.BULK_RETAINED_BYTES) {
                throw new IOException("it is larger than any of ours");
            }
            byte[] bytes = Files.readAllBytes(file);
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                if (in.readByte() != FORMAT) {
                    throw new IOException("another version has written it");
                }
                String encodingType = text(in);
                int reports = number(in);
                List<Report> read = new ArrayList<>();
                for (int i = 0; i < reports; i++) {
                    read.add(report(in));
                }
                return new Kept(encodingType, read);
            }
        } catch (IOException | RuntimeException damaged) {
            LOG.warn("{} cannot be read, so the reports in it are lost: {}", file, damaged.toString());
            return Kept.NOTHING;
        }
    }

    private static Report report(DataInputStream in) throws IOException {
        Instant collected = Instant.parse(text(in));
        String roles = text(in);
        int values = number(in);
        List<ReportedValue> read = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            String name = text(in);
            String value = text(in);
            read.add(new ReportedValue(
                    name,
                    value,
                    TypeNames.typeOf(text(in)).orElseThrow(() -> new IOException("a value is of no type"))));
        }
        return new Report(collected, read, roles);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(number(in));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Never more than there is still to read.
    private static int number(DataInputStream in) throws IOException {
        int number = in.readInt();
        if (number < 0 || number > in.available()) {
            throw new IOException("it is cut off");
        }
        return number;
    }
}
