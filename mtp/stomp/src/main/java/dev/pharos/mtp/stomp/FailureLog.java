// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.stomp;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where operations on a socket report that nobody waits for. Their failures end the session, of which the
/// receiver learns; the cause is for whoever debugs the transport.
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    /// Listens to one operation, or to many.
    static final GenericFutureListener<Future<? super Object>> LISTENER = FailureLog::note;

    private FailureLog() {}

    private static void note(Future<?> done) {
        if (!done.isSuccess() && !done.isCancelled()) {
            LOG.debug("an operation on a socket failed", done.cause());
        }
    }
}
