// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NoSuchElementException;

/// A `flock(2)` lock of a file, as uci takes it. Java's own file locks are of another kind, which uci does not
/// see. Held until closed; of what has the path now, and not of a file that it once had.
final class Flock implements Closeable {
    private static final int READ_ONLY_CLOEXEC = 0x80000;
    private static final int SHARED = 1;
    private static final int EXCLUSIVE = 2;
    private static final int DO_NOT_WAIT = 4;
    private static final int ENOENT = 2;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final MemoryLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final int descriptor;

    private Flock(int descriptor) {
        this.descriptor = descriptor;
    }

    /// A call of a native function, which may fail in any way.
    @FunctionalInterface
    private interface Downcall {
        int run(MemorySegment failure) throws Throwable;
    }

    /// The functions of the C library. A class of its own, so that they are looked up once, when needed.
    private static final class Library {
        static final MethodHandle OPEN = handle("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        static final MethodHandle FLOCK = handle("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

        // the module's purpose needs these three functions, and each is called as its manual page wants
        @SuppressWarnings("restricted")
        private static MethodHandle handle(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
        }
    }

    /// For reading: with others that read.
    ///
    /// @throws NoSuchFileException where there is no such file
    static Flock shared(Path file) throws IOException {
        return of(file, SHARED);
    }

    /// For writing: with nobody else.
    ///
    /// @throws NoSuchFileException where there is no such file
    static Flock exclusive(Path file) throws IOException {
        return of(file, EXCLUSIVE);
    }

    private static Flock of(Path file, int kind) throws IOException {
        long deadline = System.nanoTime() + Limits.LOCK_WAIT.toNanos();
        while (true) {
            Flock lock = new Flock(open(file));
            boolean keep = false;
            try {
                lock.await(file, kind, deadline);
                // who waited may have the lock of a file that was replaced meanwhile
                keep = !(kind == EXCLUSIVE && UciFile.isBeingReplaced(file)) && lock.isOf(file);
            } finally {
                if (!keep) {
                    lock.close();
                }
            }
            if (keep) {
                return lock;
            }
            pause(file, deadline);
        }
    }

    private void await(Path file, int kind, long deadline) throws IOException {
        while (true) {
            int errno = run(failure -> (int) Library.FLOCK.invokeExact(failure, descriptor, kind | DO_NOT_WAIT));
            if (errno >= 0) {
                return;
            }
            if (-errno != EAGAIN && -errno != EINTR) {
                throw new IOException("flock of " + file + " failed with errno " + -errno);
            }
            pause(file, deadline);
        }
    }

    private static void pause(Path file, long deadline) throws IOException {
        if (System.nanoTime() - deadline > 0) {
            throw new IOException("another program has held the lock of " + file + " for " + Limits.LOCK_WAIT);
        }
        try {
            Thread.sleep(Limits.LOCK_POLL);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the lock of " + file);
        }
    }

    private boolean isOf(Path file) throws IOException {
        try {
            Path own = Path.of("/proc/self/fd/" + descriptor);
            return Files.getAttribute(file, "unix:ino").equals(Files.getAttribute(own, "unix:ino"))
                    && Files.getAttribute(file, "unix:dev").equals(Files.getAttribute(own, "unix:dev"));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static int open(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString());
            int result = run(failure -> (int) Library.OPEN.invokeExact(failure, path, READ_ONLY_CLOEXEC));
            if (result == -ENOENT) {
                throw new NoSuchFileException(file.toString());
            }
            if (result < 0) {
                throw new IOException("open of " + file + " failed with errno " + -result);
            }
            return result;
        } catch (ExceptionInInitializerError | NoClassDefFoundError unavailable) {
            throw new IOException("native calls are not available, so that no file can be locked", unavailable);
        } catch (IllegalCallerException | NoSuchElementException | UnsupportedOperationException unavailable) {
            throw new IOException("native calls are not available: " + unavailable.getMessage(), unavailable);
        }
    }

    /// @return what the function returned, or its `errno` below zero
    private static int run(Downcall call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment failure = arena.allocate(CAPTURE);
            int result = call.run(failure);
            return result < 0 ? -failure.get(JAVA_INT, ERRNO) : result;
        } catch (RuntimeException | Error ours) {
            throw ours;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native call threw", impossible);
        }
    }

    /// Writes into the file that is locked, which another has replaced by now. uci does not look, once it has
    /// waited for a lock, whether the file is still the one that it had opened: it then reads this, and not what
    /// was before.
    void leaveToWaiting(byte[] content) throws IOException {
        Files.write(
                Path.of("/proc/self/fd/" + descriptor),
                content,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /// Gives the lock back.
    @Override
    public void close() {
        run(failure -> (int) Library.CLOSE.invokeExact(failure, descriptor));
    }
}
