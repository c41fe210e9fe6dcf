// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ahead-of-time caches (JEP 483) of our programs, with which they start at half the processor time. Each is made
/// once for a build, by the first test process that starts the program; others do not wait for it. Java makes none for
/// classes in folders.
final class AheadOfTime {
    private static final Path CACHES =
            Path.of("target", "ahead-of-time").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, List<String>> OPTIONS = new ConcurrentHashMap<>();

    private AheadOfTime() {}

    /// What the virtual machine is told to use the cache of a program; nothing where there is none yet.
    static List<String> of(String mainClass) {
        List<String> known = OPTIONS.get(mainClass);
        if (known != null) {
            return known;
        }
        Path jar = JavaProgram.jar(mainClass);
        Path cache = CACHES.resolve(jar.getFileName().toString().replace(".jar", ".aot"));
        try {
            if (!isOf(cache, jar) && !make(cache, mainClass, jar)) {
                return List.of();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        List<String> options =
                Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
        OPTIONS.put(mainClass, options);
        return options;
    }

    private static boolean isOf(Path cache, Path jar) throws IOException {
        Path folder = jar.resolveSibling("lib");
        if (!Files.exists(cache) || !Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> libraries = Files.list(folder)) {
            return Stream.concat(Stream.of(jar), libraries).noneMatch(each -> isNewer(each, cache));
        }
    }

    private static boolean isNewer(Path one, Path other) {
        try {
            return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) > 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// @return false where another process is at it
    private static synchronized boolean make(Path cache, String mainClass, Path jar) throws IOException {
        Files.createDirectories(CACHES);
        try (FileChannel channel = FileChannel.open(
                        cache.resolveSibling(cache.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            if (!isOf(cache, jar)) {
                Path unfinished = cache.resolveSibling(cache.getFileName() + ".new");
                boolean server = mainClass.startsWith("dev.pharos.server.");
                if (server) {
                    startAndStop(mainClass, unfinished);
                } else {
                    callInVain(mainClass, unfinished);
                }
                if (Files.exists(unfinished)) {
                    Files.move(unfinished, cache, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void startAndStop(String mainClass, Path cache) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("pharos-learning");
        List<String> arguments = RunningServer.arguments(data);
        try (JavaProgram server = learning(mainClass, cache, arguments, Map.of())) {
            server.awaitLine(line -> line.startsWith("ready "), PATIENCE);
            server.terminate();
            server.awaitExit(PATIENCE);
        } finally {
            ConsoleBed.delete(data);
        }
    }

    /// A command that asks where nobody listens loads what commands need.
    private static void callInVain(String mainClass, Path cache) throws IOException, InterruptedException {
        Map<String, String> nobody = Map.of("PHAROS_URL", "http://127.0.0.1:9", "PHAROS_TOKEN", "none");
        try (JavaProgram command = learning(mainClass, cache, List.of("devices"), nobody)) {
            command.awaitExit(PATIENCE);
        }
    }

    private static JavaProgram learning(
            String mainClass, Path cache, List<String> arguments, Map<String, String> environment) throws IOException {
        return JavaProgram.start(
                JavaProgram.command(mainClass, arguments, List.of("-XX:AOTCacheOutput=" + cache)), environment);
    }
}
