// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Host names, looked up as this host does: programs are given nothing but the address that came of it.
final class HostNames {
    private static final Semaphore THREADS = new Semaphore(Limits.RESOLVERS);

    private HostNames() {}

    /// The address to use for a host.
    ///
    /// @return empty where the name cannot be resolved to an address of this version
    /// @throws UspException 7005 where as many look-ups as may be are under way
    static Optional<InetAddress> resolve(String host, Family family) throws InterruptedException {
        if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            // no name, so that nobody is asked
            return lookUp(host, family);
        }
        if (!THREADS.tryAcquire()) {
            throw new UspException(
                    StandardErrorCode.RESOURCES_EXCEEDED, Limits.RESOLVERS + " names are being looked up");
        }
        FutureTask<Optional<InetAddress>> task = new FutureTask<>(() -> {
            try {
                return lookUp(host, family);
            } finally {
                THREADS.release();
            }
        });
        // the system's resolver blocks where no virtual thread should, and cannot be interrupted
        Thread.ofPlatform().name("host-name").daemon().start(task);
        try {
            return task.get(Limits.RESOLUTION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a name could not be looked up", defect.getCause());
        }
    }

    private static Optional<InetAddress> lookUp(String host, Family family) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(family::has)
                    .findFirst();
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }
}
