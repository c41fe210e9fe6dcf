// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import java.util.concurrent.Semaphore;

/// The places of deliveries that are read at the same time: as many as the memory has room for, of which few are for
/// large ones. Thread-safe.
final class Places {
    private final Semaphore all = new Semaphore(Limits.AT_ONCE);
    private final Semaphore large = new Semaphore(Limits.LARGE_AT_ONCE);

    /// There is no place. Without a stack trace.
    static final class FullException extends Exception {
        private static final long serialVersionUID = 1L;

        FullException() {
            super("there is no place", null, false, false);
        }
    }

    /// @param patient waits for its turn where there is none
    /// @throws FullException where somebody impatient gets none
    Place take(boolean patient) throws FullException {
        acquire(all, patient);
        return new Place(patient);
    }

    private static void acquire(Semaphore places, boolean patient) throws FullException {
        if (patient) {
            places.acquireUninterruptibly();
        } else if (!places.tryAcquire()) {
            throw new FullException();
        }
    }

    /// Of one delivery, until it is closed. For one thread.
    final class Place implements DeliveryReader.Room, AutoCloseable {
        private final boolean patient;
        private boolean isLarge;

        private Place(boolean patient) {
            this.patient = patient;
        }

        @Override
        public void large() throws FullException {
            if (!isLarge) {
                acquire(large, patient);
                isLarge = true;
            }
        }

        @Override
        public void close() {
            if (isLarge) {
                large.release();
            }
            all.release();
        }
    }
}
