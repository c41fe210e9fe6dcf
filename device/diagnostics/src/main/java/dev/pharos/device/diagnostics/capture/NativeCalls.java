// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/// The functions of the C library that a packet socket needs. They are looked up when the first one is opened.
final class NativeCalls {
    static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CAPTURE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle index;
    private final MethodHandle socket;
    private final MethodHandle bind;
    private final MethodHandle bound;
    private final MethodHandle option;
    private final MethodHandle receive;
    private final MethodHandle close;

    private NativeCalls() {
        index = handle("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        socket = handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        bind = handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        bound = handle("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
        option = handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        receive = handle("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
        close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    /// @throws IOException where this system has them not, or not as we know them
    static NativeCalls load() throws IOException {
        if (ADDRESS.byteSize() != Long.BYTES) {
            throw new IOException("packets are captured on systems with 64 bits");
        }
        try {
            return new NativeCalls();
        } catch (IllegalCallerException | NoSuchElementException | UnsupportedOperationException unavailable) {
            throw new IOException("native calls are not available: " + unavailable.getMessage(), unavailable);
        }
    }

    // a packet socket needs these functions, and each is called with what its manual page wants
    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    /// A call of a native function, which may fail in any way.
    @FunctionalInterface
    private interface Downcall {
        long run() throws Throwable;
    }

    /// The number of a link; 0 where there is none.
    int index(MemorySegment state, MemorySegment name) {
        return (int) run(state, () -> (int) index.invokeExact(state, name));
    }

    /// This and the next ones return what the function does, or its `errno` below zero.
    ///
    /// @param state room for the `errno`, of [#CAPTURE]
    int socket(MemorySegment state, int family, int type, int protocol) {
        return (int) run(state, () -> (int) socket.invokeExact(state, family, type, protocol));
    }

    int bind(MemorySegment state, int descriptor, MemorySegment address) {
        return (int) run(state, () -> (int) bind.invokeExact(state, descriptor, address, (int) address.byteSize()));
    }

    /// To which link a socket is bound.
    ///
    /// @param address where that is written to
    /// @param length room for how many bytes it has
    int bound(MemorySegment state, int descriptor, MemorySegment address, MemorySegment length) {
        length.set(JAVA_INT, 0, (int) address.byteSize());
        return (int) run(state, () -> (int) bound.invokeExact(state, descriptor, address, length));
    }

    int option(MemorySegment state, int descriptor, int level, int name, MemorySegment value) {
        return (int) run(
                state, () -> (int) option.invokeExact(state, descriptor, level, name, value, (int) value.byteSize()));
    }

    long receive(MemorySegment state, int descriptor, MemorySegment message, int flags) {
        return run(state, () -> (long) receive.invokeExact(state, descriptor, message, flags));
    }

    int close(MemorySegment state, int descriptor) {
        return (int) run(state, () -> (int) close.invokeExact(state, descriptor));
    }

    private static long run(MemorySegment state, Downcall call) {
        try {
            long result = call.run();
            return result < 0 ? -state.get(JAVA_INT, ERRNO) : result;
        } catch (RuntimeException | Error ours) {
            throw ours;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a native call threw", impossible);
        }
    }
}
