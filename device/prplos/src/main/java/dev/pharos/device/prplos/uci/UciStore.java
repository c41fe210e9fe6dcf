// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configuration of this host, read and committed under uci's own locks. Staged changes of others count
/// as uci has it: a reader sees them, and a commit of their package makes them last. Thread-safe.
public final class UciStore {
    private static final Logger LOG = LoggerFactory.getLogger(UciStore.class);

    private static final FileAttribute<Set<PosixFilePermission>> FOR_ROOT =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final UciFolders folders;
    /// Writers of this process wait here and in turn, instead of looking again and again whether a lock is free.
    private final ReentrantLock writer = new ReentrantLock(true);

    public UciStore(UciFolders folders) {
        this.folders = folders;
    }

    public boolean has(String packageName) {
        return UciNames.isPackage(packageName) && Files.isRegularFile(folders.file(packageName));
    }

    /// Tells from now on that one of these packages, or what is staged of it, may be another; empty where nobody
    /// tells us.
    ///
    /// @param changed must not wait
    public Optional<UciWatch> watch(Set<String> packages, Runnable changed) {
        return UciWatch.of(folders, packages, changed);
    }

    /// Packages that have a file, in the order of their names.
    public List<String> names() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folders.config())) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(this::has)
                    .sorted()
                    .toList();
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
    }

    /// The file of a package as it is, without what is staged.
    ///
    /// @throws NoSuchFileException where there is none of this name
    public Bytes file(String packageName) throws IOException {
        Path file = path(packageName);
        try (Flock _ = Flock.shared(file)) {
            return Bytes.adopt(UciFile.read(file));
        }
    }

    /// Puts another file in the place of a package's, or the first one, on disk when this returns; what is staged for
    /// it counts no more.
    ///
    /// @throws MalformedInputException where uci could not read it; then nothing is changed
    public UciCommit put(String packageName, Bytes content) throws IOException, MalformedInputException {
        UciDocument _ = UciDocument.parse(packageName, content.toByteArray());
        Path file = path(packageName);
        writer.lock();
        try {
            if (Files.notExists(file)) {
                Files.createFile(file, FOR_ROOT);
            }
            try (Flock lock = Flock.exclusive(file);
                    Pending staged = pending(packageName, Flock::exclusive)) {
                UciCommit commit = new UciCommit(
                        packageName, Bytes.adopt(UciFile.read(file)), content, Bytes.adopt(staged.bytes()));
                if (commit.changed()) {
                    replace(file, lock, content.toByteArray());
                }
                staged.clear();
                return commit;
            }
        } finally {
            writer.unlock();
        }
    }

    /// A package as it is now, with what is staged.
    ///
    /// @throws NoSuchFileException where there is none of this name
    /// @throws MalformedInputException where its file cannot be read, naming line and column
    public UciPackage read(String packageName) throws IOException, MalformedInputException {
        Path file = path(packageName);
        try (Flock _ = Flock.shared(file);
                Pending staged = pending(packageName, Flock::shared)) {
            UciDocument document = UciDocument.parse(packageName, UciFile.read(file));
            return withPending(packageName, document, staged).content();
        }
    }

    /// What tells whether a package is as it was, at the price of a look into its folder.
    ///
    /// @throws NoSuchFileException where there is none of this name
    public UciStamp stamp(String packageName) throws IOException {
        return UciStamp.of(path(packageName), folders.pending().resolve(packageName));
    }

    /// What a package would be with these changes; writes nothing.
    ///
    /// @throws UciRefusedException where one of them cannot be
    public UciPackage preview(String packageName, List<UciChange> changes)
            throws IOException, MalformedInputException, UciRefusedException {
        Path file = path(packageName);
        try (Flock _ = Flock.shared(file);
                Pending staged = pending(packageName, Flock::shared)) {
            UciDocument document = withPending(packageName, UciDocument.parse(packageName, UciFile.read(file)), staged);
            for (UciChange change : changes) {
                document = document.with(change);
            }
            return document.content();
        }
    }

    /// Carries out changes in one commit, all or none, and on disk when this returns. Writes nothing where
    /// nothing changes.
    ///
    /// @throws UciRefusedException where one of them cannot be; then nothing is changed
    public UciCommit commit(String packageName, List<UciChange> changes)
            throws IOException, MalformedInputException, UciRefusedException {
        if (changes.size() > Limits.CHANGES) {
            throw new UciRefusedException("more than " + Limits.CHANGES + " changes at once");
        }
        Path file = path(packageName);
        writer.lock();
        try (Flock lock = Flock.exclusive(file);
                Pending staged = pending(packageName, Flock::exclusive)) {
            byte[] before = UciFile.read(file);
            UciDocument document = withPending(packageName, UciDocument.parse(packageName, before), staged);
            for (UciChange change : changes) {
                document = document.with(change);
            }
            UciCommit commit = new UciCommit(
                    packageName, Bytes.adopt(before), Bytes.adopt(document.bytes()), Bytes.adopt(staged.bytes()));
            if (commit.changed()) {
                replace(file, lock, commit.after().toByteArray());
            }
            staged.clear();
            return commit;
        } finally {
            writer.unlock();
        }
    }

    /// Takes a commit back. Where others have changed the package since, theirs stays and what the commit
    /// changed becomes as it was.
    ///
    /// @throws UciRefusedException where that cannot be any more
    public void restore(UciCommit commit) throws IOException, MalformedInputException, UciRefusedException {
        Path file = path(commit.packageName());
        writer.lock();
        try (Flock lock = Flock.exclusive(file);
                Pending staged = pending(commit.packageName(), Flock::exclusive)) {
            byte[] now = UciFile.read(file);
            if (Bytes.adopt(now).equals(commit.after())) {
                if (commit.changed()) {
                    replace(file, lock, commit.before().toByteArray());
                }
                staged.putBefore(commit.pending().toByteArray());
                return;
            }
            UciDocument document = UciDocument.parse(commit.packageName(), now);
            for (UciChange change :
                    UciDifference.between(content(commit, commit.after()), content(commit, commit.before()))) {
                document = document.with(change);
            }
            replace(file, lock, document.bytes());
        } finally {
            writer.unlock();
        }
    }

    private static void replace(Path file, Flock lock, byte[] content) throws IOException {
        UciFile.replace(file, content);
        lock.leaveToWaiting(content);
    }

    private static UciPackage content(UciCommit commit, Bytes state) throws MalformedInputException {
        return UciDocument.parse(commit.packageName(), state.toByteArray()).content();
    }

    private Path path(String packageName) throws NoSuchFileException {
        if (!UciNames.isPackage(packageName)) {
            throw new NoSuchFileException(packageName, null, "no name of a package");
        }
        return folders.file(packageName);
    }

    /// How a file is locked.
    @FunctionalInterface
    private interface Locking {
        Flock of(Path file) throws IOException;
    }

    private Pending pending(String packageName, Locking locking) throws IOException {
        Path file = folders.pending().resolve(packageName);
        try {
            return new Pending(file, Optional.of(locking.of(file)));
        } catch (NoSuchFileException none) {
            return new Pending(file, Optional.empty());
        }
    }

    /// A staged change that the package does not take is passed over, as uci does.
    private static UciDocument withPending(String packageName, UciDocument document, Pending staged)
            throws IOException {
        UciDocument result = document;
        for (UciChange change : UciDeltas.parse(packageName, UciText.ofBytes(staged.bytes()))) {
            try {
                result = result.with(change, UnaryOperator.identity());
            } catch (UciRefusedException refused) {
                LOG.debug("a staged change of {} is passed over: {}", packageName, refused.getMessage());
            }
        }
        return result;
    }
}
