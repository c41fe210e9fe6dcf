// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import java.util.Optional;

/// One of those who share this server and see nothing of each other. Whoever asks does so for one tenant,
/// and that holds for everything that is done on the thread that does it for them: PostgreSQL shows and
/// takes only rows of this tenant ([PeopleConnections]), whatever the statement says. Where nobody set it,
/// as in all that the server does by itself, a statement is about the rows of all.
///
/// @param number from 0, which is [#MAIN]; the number of a device begins with it
public record Tenant(short number) {
    /// The first one, which always exists, and to which everything belongs where nobody makes another.
    public static final Tenant MAIN = new Tenant((short) 0);

    private static final ScopedValue<Optional<Tenant>> CURRENT = ScopedValue.newInstance();

    public Tenant {
        if (number < 0) {
            throw new IllegalArgumentException("a tenant has no negative number: " + number);
        }
    }

    /// Of this thread; empty where it is about the rows of all.
    public static Optional<Tenant> current() {
        return CURRENT.isBound() ? CURRENT.get() : Optional.empty();
    }

    /// Does something for this tenant.
    public <R, X extends Throwable> R within(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, Optional.of(this)).call(work);
    }

    /// Does something that the server has to do for all, although somebody asks: to write what several asked for
    /// together, or to make a part of a table. The result must tell nobody what is another's.
    static <R, X extends Throwable> R ofServer(ScopedValue.CallableOp<? extends R, X> work) throws X {
        return ScopedValue.where(CURRENT, Optional.<Tenant>empty()).call(work);
    }
}
